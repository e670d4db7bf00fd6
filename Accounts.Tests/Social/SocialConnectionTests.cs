using Accounts.Tests.Passkeys;
using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Adding and removing identities of the user who is signed in.</summary>
public sealed class SocialConnectionTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task An_identity_is_connected_whatever_its_address_recorded_and_told_by_mail()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGitHub();
        (await client.ConnectAsync(provider, identity)).AssertBody(200, """{"detail":"GitHub is connected."}""");
        Assert.Equal("""["github"]""", (await client.MeAsync())["providers"]);
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_connected"));
        Assert.Contains("GitHub was connected", (await server.Mailbox.WaitAsync(person.Email, 2)).Subject, StringComparison.Ordinal);
        client.Access = null;
        Assert.Equal(person.Username, (await client.SignInAsync(provider, identity)).Json.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal(0, await server.Database.UsersAsync(identity.Email));
    }

    [Fact]
    public async Task SO_09_Connecting_and_disconnecting_need_a_recent_sign_in()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        await client.AgeProofAsync(server);
        var identity = Identity.OfGitHub();
        var exchanges = provider.Exchanges;
        (await client.ConnectAsync(provider, identity)).AssertRefused(403, "reauthentication_required");
        (await client.DisconnectAsync("github")).AssertRefused(403, "reauthentication_required");
        Assert.Equal(exchanges, provider.Exchanges);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SO_09_Nobody_connects_without_being_signed_in()
    {
        using var client = server.Client();
        (await client.PostAsync("/api/auth/social/google/connect/", new { code = "x", state = "y" })).AssertRefused(401, "not_authenticated");
        (await client.DisconnectAsync("google")).AssertRefused(401, "not_authenticated");
        (await client.PostAsync("/api/auth/social/google/begin/", new { mode = "connect" })).AssertRefused(401, "not_authenticated");
    }

    [Fact]
    public async Task SO_09_Scenario_23_An_unverified_account_connects_nothing()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var identity = Identity.OfGitHub();
        (await client.ConnectAsync(provider, identity)).AssertRefused(403, "email_not_verified");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "NOT email_verified"));
    }

    [Fact]
    public async Task SO_01_Scenario_27_What_an_attacker_began_for_himself_does_not_connect_his_identity_to_the_victim()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        await server.SignInVerifiedAsync(attacker);
        var person = await server.SignInVerifiedAsync(victim);
        var identity = Identity.OfGoogle();
        var (code, state) = await attacker.BeginAsync(provider, identity);
        var exchanges = provider.Exchanges;
        (await victim.PostAsync("/api/auth/social/google/connect/", new { code, state })).AssertRefused(400, "invalid_state");
        var withCookie = await victim.PostAsync("/api/auth/social/google/connect/", new { code, state }, ("Cookie", $"social={attacker.Cookies["social"]}"));
        withCookie.AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
        Assert.Equal("[]", (await victim.MeAsync())["providers"]);
        Assert.Equal(0, await server.Database.EventsAsync(person, "social_account_connected"));
    }

    [Fact]
    public async Task An_identity_of_another_user_is_not_connected()
    {
        using var owner = server.Client();
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await owner.SignInAsync(provider, identity)).Status);
        var person = await server.SignInVerifiedAsync(client);
        (await client.ConnectAsync(provider, identity)).AssertRefused(409, "social_account_taken");
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{identity.Email}'"));
        Assert.Equal(0, await server.Database.EventsAsync(person, "social_account_connected"));
    }

    [Fact]
    public async Task Connecting_twice_changes_nothing_and_a_second_identity_of_one_provider_is_refused()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        (await client.ConnectAsync(provider, Identity.OfGoogle())).AssertRefused(409, "social_account_taken");
        Assert.Equal("""["google"]""", (await client.MeAsync())["providers"]);
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_connected"));
    }

    [Fact]
    public async Task An_identity_is_disconnected_recorded_and_told_by_mail()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        Assert.Equal((204, ""), ((await client.DisconnectAsync("google")) is var gone ? gone.Status : 0, gone.Text));
        (await client.DisconnectAsync("google")).AssertRefused(404, "not_found");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_disconnected"));
        Assert.Contains("Google was disconnected", (await server.Mailbox.WaitAsync(person.Email, 3)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_12_The_last_way_to_sign_in_cannot_be_disconnected_even_by_two_at_once()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        server.HasProved(client);
        (await client.DisconnectAsync("google")).AssertRefused(409, "last_sign_in_method");
        Assert.Equal(200, (await client.ConnectAsync(provider, Identity.OfGitHub())).Status);
        var answers = await Task.WhenAll(client.DisconnectAsync("google"), client.DisconnectAsync("github"));
        Assert.Equal([204, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", "u.email = @e", ("e", identity.Email)));
    }

    /// <summary>A key without a PIN serves beside another factor, and signs nobody in by itself.</summary>
    [Fact]
    public async Task SO_12_A_passkey_that_verifies_nobody_is_no_way_to_sign_in_and_is_one_once_it_has()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        using var key = client.Authenticator();
        Assert.Equal(201, (await client.AddPasskeyAsync(key, made => made.Drop(Ceremony.Verified))).Status);
        await server.Database.ChangeAsync(person, "password_hash = NULL, ways = '{google,passkey}'");
        server.HasProved(client);
        (await client.DisconnectAsync("google")).AssertRefused(409, "last_sign_in_method");
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
        using var elsewhere = server.Client();
        (await elsewhere.SignInAsync(key, used => used.Drop(Ceremony.Verified))).AssertRefused(401, "invalid_credentials");
        (await client.DisconnectAsync("google")).AssertRefused(409, "last_sign_in_method");
        // It has got a PIN.
        Assert.Equal(200, (await elsewhere.SignInAsync(key)).Status);
        Assert.Equal(204, (await client.DisconnectAsync("google")).Status);
        Assert.Equal(["passkey"], await server.Database.WaysAsync(person));
        Assert.Equal(200, (await elsewhere.SignInAsync(key)).Status);
    }

    [Fact]
    public async Task A_sign_in_that_meets_a_disconnect_does_not_bring_the_identity_back()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        var (signedIn, disconnected) = (other.SignInAsync(provider, identity), client.DisconnectAsync("google"));
        Assert.Equal(204, (await disconnected).Status);
        Assert.Equal(200, (await signedIn).Status);
        Assert.Equal(0, await server.Database.AccountsAsync(identity, $"u.email = '{person.Email}'"));
    }
}
