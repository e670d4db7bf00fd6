using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>A newer version has migrated, and this one works on.</summary>
public sealed class NewColumnTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private static readonly string[] Tables = ["users", "sessions", "email_verification_tokens", "social_states", "social_accounts", "link_tokens", "email_tickets", "mail_requests"];

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>The first round prepares the statements, the second uses them, the third finds the columns.</summary>
    [Fact]
    public async Task DU_06_Columns_that_a_newer_version_adds_disturb_no_older_node()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var before = await RoundAsync(person);
        Assert.Equal([200, 400, 200, 400, 409, 401, 400, 200, 400, 401, 200, 200, 200, 200], before);
        Assert.Equal(before, await RoundAsync(person));
        foreach (var table in Tables)
        {
            await server.Database.ExecuteAsync($"ALTER TABLE {table} ADD COLUMN of_a_newer_version text");
        }
        Assert.Equal(before, await RoundAsync(person));
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
        ];
        return [.. answers.Select(answer => answer.Status)];
    }
}
