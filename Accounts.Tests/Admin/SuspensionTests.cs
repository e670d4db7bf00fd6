using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Users who are kept out, put out, and let in again by administrators.</summary>
public sealed class SuspensionTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        address = await server.Database.AddressAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RO_03_Who_is_deactivated_is_out_at_once_and_does_not_get_in()
    {
        var answer = await admin.PostAsync($"{address}deactivate/", new { reason = " Spam " });
        Assert.Equal((200, "false", "Spam", "null"), (answer.Status, answer["is_active"], answer["reason"], answer["suspended_until"]));
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        var (actor, before, after) = await server.Database.ActAsync(person, "user_deactivated");
        Assert.Equal(await server.Database.IdAsync(administrator), actor);
        Assert.Equal(("true", "false", "Spam"), (before.GetProperty("is_active").GetRawText(), after.GetProperty("is_active").GetRawText(), after.GetProperty("reason").GetString()));
        var back = await admin.PostAsync($"{address}activate/");
        Assert.Equal((200, "true", "null"), (back.Status, back["is_active"], back["reason"]));
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        await client.SignInAsync(person);
    }

    [Fact]
    public async Task A_suspension_ends_by_itself()
    {
        var until = DateTime.UtcNow.AddDays(7);
        var answer = await admin.PostAsync($"{address}deactivate/", new { reason = "A week", until });
        Assert.StartsWith(until.ToString("yyyy-MM-dd", null), answer["suspended_until"], StringComparison.Ordinal);
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        await server.Database.ChangeAsync(person, "suspended_until = now() - interval '1 second'");
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.MeAsync()).Status);
        var shown = await admin.GetAsync(address);
        Assert.Equal(("true", "null", "null"), (shown["is_active"], shown["suspended_until"], shown["reason"]));
    }

    [Theory]
    [InlineData("tomorrow", "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].")]
    [InlineData("2020-01-15T09:30:00Z", "This is over already.")]
    public async Task An_end_that_is_none_changes_nothing(string until, string words)
    {
        var answer = await admin.PostAsync($"{address}deactivate/", new { until });
        Assert.Equal((400, words), (answer.Status, answer.Json.GetProperty("until")[0].GetString()));
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task SE_13_An_administrator_ends_anybodys_sessions()
    {
        using var second = server.Client();
        await second.SignInAsync(person);
        Assert.Equal(200, (await admin.PostAsync($"{address}logout/")).Status);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await second.RefreshAsync()).AssertRefreshRefused("revoked");
        Assert.Equal("administrator", (await client.PostAsync("/api/auth/session/why/"))["reason"]);
        await client.SignInAsync(person);
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_signed_out"));
    }

    [Fact]
    public async Task A_freeze_ends_by_an_administrator()
    {
        await client.StealAsync(person, Some.OtherPassword);
        await client.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed));
        (await client.LoginAsync(person with { Password = Some.OtherPassword })).AssertRefused(403, "account_frozen");
        Assert.Equal(200, (await admin.PostAsync($"{address}activate/")).Status);
        await client.SignInAsync(person with { Password = Some.OtherPassword });
    }

    /// <summary>What an administrator did stays: the owner undoes what was done as them.</summary>
    [Fact]
    public async Task SG_08_No_link_rolls_back_what_an_administrator_did()
    {
        await client.StealAsync(person, Some.OtherPassword);
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        var name = Some.Username();
        await admin.PutRolesAsync(address, "editor");
        await admin.PatchAsync(address, new { username = name, first_name = "Ann" });
        Assert.Equal(200, (await client.FreezeAsync(link)).Status);
        Assert.Equal(200, (await client.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen), "an-other-horse-77")).Status);
        var user = await admin.GetAsync(address);
        Assert.Equal((name, "Ann", "editor"), (user["username"], user["first_name"], string.Join(',', user.Roles())));
    }

    [Fact]
    public async Task SG_08_No_link_lets_in_whom_an_administrator_keeps_out()
    {
        await client.StealAsync(person, Some.OtherPassword);
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await client.FreezeAsync(link)).Status);
        var back = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        await admin.PostAsync($"{address}deactivate/");
        (await client.FreezeAsync(link)).AssertRefused(400, "invalid_token");
        (await client.RecoverAsync(back, "an-other-horse-77")).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "NOT is_active"));
    }
}
