using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>A newer version has migrated, and this one works on.</summary>
[Trait("Pace", "long")]
public sealed class NewColumnTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>The first round prepares the statements, the second uses them, the third finds the columns.</summary>
    [Fact]
    public async Task DU_06_Columns_that_a_newer_version_adds_disturb_no_older_node()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var before = await RoundAsync(person);
        Assert.Equal([200, 400, 200, 400, 409, 401, 400, 200, 400, 401, 200, 200, 200, 200, 201, 200, 200, 200], before);
        Assert.Equal(before, await RoundAsync(person));
        var tables = await server.Database.ScalarAsync<string[]>("SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory'");
        Assert.InRange(tables.Length, 14, int.MaxValue);
        foreach (var table in tables)
        {
            await server.Database.ExecuteAsync($"ALTER TABLE {table} ADD COLUMN of_a_newer_version int");
        }
        Assert.Equal(before, await RoundAsync(person));
    }

    private async Task<Answer[]> ResetNewcomerAsync()
    {
        using var client = server.Client();
        var newcomer = Some.Person();
        var registered = await client.RegisterAsync(newcomer);
        var token = await server.ResetTokenAsync(client, newcomer);
        return [registered, await client.ResetAsync(token), await client.LoginAsync(newcomer with { Password = Some.OtherPassword }), await client.LogoutAsync()];
    }

    private async Task<int[]> RoundAsync(Person person)
    {
        using var client = server.Client();
        var begun = await client.BeginAsync(provider, Identity.OfGoogle());
        var met = await client.SignInAsync(provider, Identity.OfGoogle(person.Email));
        var nameless = await client.SignInAsync(provider, Identity.OfGoogle().Without("email"));
        Answer[] answers =
        [
            await client.PostAsync("/api/auth/password/reset/", new { email = person.Email }),
            await client.VerifyByCodeAsync(person.Email, "000000x"),
            await client.PostAsync("/api/auth/social/google/", new { code = begun.Code, state = begun.State }),
            await client.PostAsync("/api/auth/social/google/", new { code = begun.Code, state = begun.State }),
            met,
            await client.PostAsync("/api/auth/social/link/", new { link_token = met["link_token"], password = Some.OtherPassword }),
            nameless, await client.CompleteAsync(nameless["ticket"], Some.Email()), await client.ShowCodeAsync("unknown"), await client.ConfirmAsync(nameless["ticket"], "x"),
            await client.SignInAsync(person), await client.MeAsync(), await client.RefreshAsync(), await client.ResendAsync(person.Email),
            .. await ResetNewcomerAsync(),
        ];
        return [.. answers.Select(answer => answer.Status)];
    }
}
