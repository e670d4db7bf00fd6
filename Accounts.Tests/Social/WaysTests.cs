using Accounts.Tests.Passkeys;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The column that tells with what a user signs in, held against the tables that it is made from, whatever has happened to them.</summary>
public sealed class WaysTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncDisposable
{
    private const string FromTables = """
        (CASE WHEN u.password_hash IS NULL THEN '{}' ELSE '{password}' END)::text[]
        || ARRAY(SELECT way FROM (
          SELECT a.provider::text AS way, a.created_at FROM social_accounts a WHERE a.user_id = u.id
          UNION ALL SELECT 'passkey', min(p.created_at) FROM passkeys p WHERE p.user_id = u.id HAVING count(*) > 0) AS ways ORDER BY created_at)
        || CASE WHEN EXISTS (SELECT FROM totp_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) THEN '{totp}' ELSE '{}' END::text[]
        """;

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>After each test, of all users that there are.</summary>
    public async ValueTask DisposeAsync()
    {
        Assert.NotEqual(0, await server.Database.CountAsync("users"));
        Assert.Equal(0, await server.Database.CountAsync("users u", $"u.ways <> {FromTables}"));
    }

    [Fact]
    public async Task A_password_is_one_and_identities_are_the_others_in_the_order_in_which_they_came()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal(["password"], await WaysAsync(person.Email));
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGoogle())).Status);
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGitHub())).Status);
        Assert.Equal(["password", "google", "github"], await WaysAsync(person.Email));
        Assert.Equal(204, (await client.DisconnectAsync("google")).Status);
        Assert.Equal(["password", "github"], await WaysAsync(person.Email));
    }

    [Fact]
    public async Task What_is_refused_adds_nothing()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGoogle())).Status);
        (await client.ConnectAsync(provider, Identity.OfGoogle())).AssertRefused(409, "social_account_taken");
        Assert.Equal(["password", "google"], await WaysAsync(person.Email));
    }

    [Fact]
    public async Task Whoever_came_by_a_provider_gets_a_password_and_may_leave_the_provider()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        Assert.Equal(["google"], await WaysAsync(identity.Email));
        server.HasProved(client);
        var set = await client.PostAsync("/api/auth/password/change/", new { new_password = Some.Password });
        Assert.Equal(200, set.Status);
        Assert.Equal(["password", "google"], await WaysAsync(identity.Email));
        client.Access = set.Access;
        server.HasProved(client);
        Assert.Equal(204, (await client.DisconnectAsync("google")).Status);
        Assert.Equal(["password"], await WaysAsync(identity.Email));
    }

    [Fact]
    public async Task An_identity_that_is_linked_by_the_password_is_one()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var token = (await client.SignInAsync(provider, Identity.OfGoogle(person.Email)))["link_token"];
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/link/", new { link_token = token, password = person.Password })).Status);
        Assert.Equal(["password", "google"], await WaysAsync(person.Email));
    }

    [Fact]
    public async Task A_reset_leaves_the_owners_identities()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGoogle())).Status);
        await ResetAsync(client, person.Email, mails: 3);
        Assert.Equal(["password", "google"], await WaysAsync(person.Email));
    }

    [Fact]
    public async Task A_reset_takes_away_what_somebody_had_of_an_unverified_account()
    {
        using var client = server.Client();
        var identity = Identity.OfFacebook();
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(["facebook"], await WaysAsync(identity.Email));
        await ResetAsync(client, identity.Email, mails: 2);
        Assert.Equal(["password"], await WaysAsync(identity.Email));
    }

    [Fact]
    public async Task A_passkey_is_one_and_proves_no_account_to_a_provider()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGitHub())).Status);
        Assert.Equal(["password", "passkey", "github"], await WaysAsync(person.Email));
        using var other = server.Client();
        var exists = await other.SignInAsync(provider, Identity.OfGoogle(person.Email));
        Assert.Equal(("account_exists", """["password","github","mail"]"""), (exists["code"], exists["methods"]));
        authenticator.Dispose();
    }

    [Fact]
    public async Task Whoever_has_a_passkey_may_leave_the_only_provider()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        server.HasProved(client);
        using var authenticator = client.Authenticator();
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        server.HasProved(client);
        Assert.Equal(204, (await client.DisconnectAsync("google")).Status);
        Assert.Equal(["passkey"], await WaysAsync(identity.Email));
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
    }

    [Fact]
    public async Task Two_that_are_connected_at_once_are_both_told()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var (google, github) = (await client.BeginAsync(provider, Identity.OfGoogle()), await client.BeginAsync(provider, Identity.OfGitHub()));
        var answers = await Task.WhenAll(
            client.PostAsync("/api/auth/social/google/connect/", new { code = google.Code, state = google.State }),
            client.PostAsync("/api/auth/social/github/connect/", new { code = github.Code, state = github.State }));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.Equal(1 + answers.Count(answer => answer.Status == 200), (await WaysAsync(person.Email)).Length);
    }

    [Fact]
    public async Task A_second_factor_is_one_as_long_as_it_is_there_and_no_way_in()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGoogle())).Status);
        await client.EnrolAsync();
        server.HasProved(client);
        Assert.Equal(["password", "google", "totp"], await WaysAsync(person.Email));
        Assert.Equal("""["google"]""", (await client.MeAsync())["providers"]);
        await server.Database.ChangeAsync(person, "password_hash = NULL, ways = '{google,totp}'");
        (await client.DisconnectAsync("google")).AssertRefused(409, "last_sign_in_method");
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
        Assert.Equal(["google"], await WaysAsync(person.Email));
    }

    [Fact]
    public async Task A_second_factor_proves_no_account_to_a_new_identity()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        await client.EnrolAsync();
        var answer = await client.SignInAsync(provider, Identity.OfGoogle(person.Email));
        answer.AssertRefused(409, "account_exists");
        Assert.Equal("""["password","mail"]""", answer["methods"]);
    }

    private async Task ResetAsync(ApiClient client, string email, int mails)
    {
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/reset/", new { email })).Status);
        var token = await server.Mailbox.TokenAsync(email, mails);
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.OtherPassword })).Status);
    }

    private Task<string[]> WaysAsync(string email) => server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE email = @email", ("email", email));
}
