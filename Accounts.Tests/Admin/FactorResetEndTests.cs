using Accounts.Tests.Passkeys;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>What a reset of second factors does not outlive, and what does not undo it.</summary>
public sealed class FactorResetEndTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        (person, _) = await server.EnrolSomebodyAsync(client);
        address = await server.Database.AddressAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Who cannot sign in cannot call it off either.</summary>
    [Theory]
    [InlineData("frozen"), InlineData("deactivated"), InlineData("deleted"), InlineData("deleted by an administrator"), InlineData("asked by nobody any more")]
    public async Task MF_12_It_ends_where_nobody_could_have_used_a_factor_or_who_asked_may_not_any_more(string what)
    {
        using var second = server.Client();
        var other = await server.SignInAdministratorAsync(second);
        await second.ResetFactorsAsync(address);
        switch (what)
        {
            case "frozen":
                Assert.Equal(200, (await client.FreezeAsync(await server.RecoveryTokenAsync(person.Email, "second factor was added"))).Status);
                await server.Database.ChangeAsync(person, "frozen_until = NULL");
                break;
            case "deactivated":
                await admin.PostAsync($"{address}deactivate/");
                await admin.PostAsync($"{address}activate/");
                break;
            case "deleted":
                server.HasProved(client);
                Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, "/api/auth/me/", null)).Status);
                await admin.PostAsync($"{address}activate/");
                break;
            case "deleted by an administrator":
                await admin.DeleteAsync(address);
                await admin.PostAsync($"{address}activate/");
                break;
            default:
                await server.Database.ChangeAsync(other, "roles = '{}'");
                break;
        }
        await server.Database.LetResetBeDueAsync(person);
        await server.CarryOutResetsAsync();
        Assert.Equal(0, await server.Database.FactorResetsAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_factor_reset_cancelled"));
        Assert.Equal(1, await server.Database.HasAppAsync(person));
        Assert.Equal(10, await server.Database.RecoveryCodesAsync(person));
    }

    /// <summary>The owner undoes what was done as them, and no more.</summary>
    [Fact]
    public async Task SG_08_No_link_brings_back_what_an_administrator_has_removed()
    {
        await admin.ResetFactorsAsync(address);
        await server.Database.LetResetBeDueAsync(person);
        await server.CarryOutResetsAsync();
        await client.SignInAsync(person);
        await client.StealAsync(person, Some.OtherPassword);
        Assert.Equal(200, (await client.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        await server.Database.AgeFreezeAsync(person);
        Assert.Equal(200, (await client.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen), "an-other-horse-77")).Status);
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person));
    }

    [Fact]
    public async Task LG_06_Who_exports_their_data_sees_that_it_was_asked_for_and_not_by_whom()
    {
        await admin.ResetFactorsAsync(address);
        server.HasProved(client);
        var export = await client.GetAsync("/api/auth/me/export/");
        var reset = Assert.Single(export.Json.GetProperty("factor_resets").EnumerateArray());
        Assert.Equal(["asked_at", "effective_at"], reset.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain((await server.Database.IdAsync(administrator)).ToString(), export.Text, StringComparison.Ordinal);
    }
}
