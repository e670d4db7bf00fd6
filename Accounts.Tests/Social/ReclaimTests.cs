using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>An account that never proved its address, and the one whose address it is.</summary>
public sealed class ReclaimTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task SO_10_Scenario_21_Whom_Google_vouches_for_gets_the_account_without_what_an_attacker_had_of_it()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var person = await attacker.SignInSomebodyAsync();
        var planted = TokenText.UserOf(attacker.RefreshCookie!);
        var identity = Owned(person.Email);
        var answer = await victim.SignInAsync(provider, identity);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(planted, answer.Json.GetProperty("user").GetProperty("id").GetGuid());
        Assert.Equal(401, (await attacker.MeAsync()).Status);
        Assert.Equal(401, (await attacker.RefreshAsync()).Status);
        (await attacker.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'provider' AND password_hash IS NULL AND ways = '{google}'"));
        Assert.Equal(200, (await victim.SignInAsync(provider, identity)).Status);
    }

    [Fact]
    public async Task SG_10_Names_are_those_of_the_provider_and_the_username_is_suggested_anew()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await attacker.PostAsync("/api/auth/register/", new
        {
            username = person.Username, email = person.Email, password = person.Password, first_name = "Mallory", last_name = "Evil",
        })).Status);
        var identity = Owned(person.Email);
        var user = (await victim.SignInAsync(provider, identity)).Json.GetProperty("user");
        Assert.Equal(("Gina", (string?)identity.Claims["family_name"]), (user.GetProperty("first_name").GetString(), user.GetProperty("last_name").GetString()));
        Assert.StartsWith("ginagoogle", user.GetProperty("username").GetString(), StringComparison.Ordinal);
        Assert.Equal(201, (await attacker.RegisterAsync(person.Username, Some.Email())).Status);
    }

    [Fact]
    public async Task SG_10_A_username_that_is_taken_is_no_obstacle()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var name = Some.Username();
        await client.RegisterAsync(name, Some.Email());
        var answer = await client.SignInAsync(provider, Owned(person.Email).With("given_name", name).With("family_name", ""));
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Matches($"^{name}[0-9]+$", answer.Json.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task SG_10_What_was_mailed_and_begun_before_is_of_no_use()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var (person, link) = await server.RegisterSomebodyAsync(attacker);
        await attacker.SignInAsync(person);
        var reset = await server.ResetTokenAsync(attacker, person);
        await attacker.BeginAsync(provider, Identity.OfGitHub(), new { mode = "connect" });
        (await attacker.SignInAsync(provider, Identity.OfGitHub(person.Email))).AssertRefused(409, "account_exists");
        var id = TokenText.UserOf(attacker.RefreshCookie!);
        Assert.Equal((1, 1), (await CountAsync("social_states", id), await CountAsync("link_tokens", id)));
        Assert.Equal(200, (await victim.SignInAsync(provider, Owned(person.Email))).Status);
        Assert.Equal((0, 0), (await CountAsync("social_states", id), await CountAsync("link_tokens", id)));
        (await attacker.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "user_id = @id AND used_at IS NULL AND expires_at > now()", ("id", id)));
        Assert.Equal(200, (await attacker.VerifyAsync(link)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "verified_by = 'provider' AND ways = '{google}'"));
    }

    private Task<long> CountAsync(string table, Guid user) => server.Database.CountAsync(table, "user_id = @id", ("id", user));

    [Fact]
    public async Task SG_10_Mails_that_still_wait_are_not_sent()
    {
        using var victim = server.Client();
        var person = await victim.RegisterSomebodyAsync();
        await server.Mailbox.WaitAsync(person.Email);
        await server.Database.ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at)
            VALUES (gen_random_uuid(), 'verify_email', @email, '\x00', 'queued', 0, now() + interval '1 hour'), (gen_random_uuid(), 'verify_email', 'other@example.test', '\x00', 'queued', 0, now() + interval '1 hour')
            """, ("email", person.Email));
        Assert.Equal(200, (await victim.SignInAsync(provider, Owned(person.Email))).Status);
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient = @email AND state = 'abandoned' AND payload IS NULL", ("email", person.Email)));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient = 'other@example.test' AND state = 'queued'"));
    }

    [Fact]
    public async Task SG_10_The_owner_is_told_by_mail_and_by_an_event()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var person = await attacker.SignInSomebodyAsync();
        await server.Mailbox.WaitAsync(person.Email);
        Assert.Equal(200, (await victim.SignInAsync(provider, Owned(person.Email))).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.EndsWith("is yours now", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("signed in with Google", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Username, mail.Text, StringComparison.Ordinal);
        foreach (var kind in new[] { "user_reclaimed", "email_verified", "social_account_connected" })
        {
            Assert.Equal(1, await server.Database.EventsAsync(person, kind));
        }
    }

    [Fact]
    public async Task SO_10_An_account_with_a_role_is_never_touched()
    {
        using var owner = server.Client();
        using var client = server.Client();
        var person = await owner.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "roles = '{admin}'");
        (await client.SignInAsync(provider, Owned(person.Email))).AssertRefused(409, "account_exists");
        Assert.Equal(200, (await owner.MeAsync()).Status);
    }

    [Fact]
    public async Task SO_10_Where_sign_up_is_closed_an_account_that_there_is_still_becomes_its_owners()
    {
        await using var open = await shared.StartAnotherAsync();
        using var attacker = open.Client();
        var person = await attacker.RegisterSomebodyAsync();
        await using var closed = await TestServer.StartOnAsync(open.Database.ConnectionString, [.. provider.Settings, ("Accounts:Registration:Open", "false")]);
        using var victim = closed.Client();
        Assert.Equal(200, (await victim.SignInAsync(provider, Owned(person.Email))).Status);
    }

    private static Identity Owned(string email) => Identity.OfGoogle(email).With("hd", "example.test");
}
