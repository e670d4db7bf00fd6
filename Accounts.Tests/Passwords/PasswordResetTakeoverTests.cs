using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Somebody registers with the address of somebody else, and waits. Its owner comes, and resets the password.</summary>
public sealed class PasswordResetTakeoverTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>A change of address that was begun.</summary>
    private Task<int> PlantChangeAsync(Person person) => server.Database.ExecuteAsync("""
        INSERT INTO email_verification_tokens (id, user_id, email, purpose, token_hash, attempts)
        SELECT gen_random_uuid(), id, 'attacker@evil.test', 'change', sha256(email::bytea), 0 FROM users WHERE email = @email
        """, ("email", person.Email));

    [Fact]
    public async Task RE_06_A_connection_that_waits_behind_the_reset_is_refused()
    {
        using var attacker = server.Client();
        var person = await attacker.SignInSomebodyAsync();
        var identity = Identity.OfGitHub();
        var user = TokenText.UserOf(attacker.RefreshCookie!);
        await using var reset = await HeldTransaction.BeginAsync(server.Database);
        await reset.ExecuteAsync("UPDATE users SET security_stamp = 'another', email_verified = true WHERE id = @id", ("id", user));
        await reset.ExecuteAsync("UPDATE sessions SET ended_at = clock_timestamp(), end_reason = 'user_ended' WHERE user_id = @id", ("id", user));
        var connecting = attacker.ConnectAsync(provider, identity);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the connection waits for the user's row");
        await reset.CommitAsync();
        (await connecting).AssertAccessRefused("revoked");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task RS_03_A_verified_owner_keeps_what_is_connected_and_the_notice_lists_it()
    {
        using var owner = server.Client();
        var identity = Identity.OfGoogle();
        var person = new Person("", identity.Email, "");
        Assert.Equal(200, (await owner.SignInAsync(provider, identity)).Status);
        await PlantChangeAsync(person);
        (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
        var notice = await server.NoticeAsync(person);
        Assert.Contains("sign in too: Google\n", notice.Text, StringComparison.Ordinal);
        Assert.Contains("Address: 127.0.0.1\n", notice.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{server.Address}security#token=", notice.Text, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.LiveTokensAsync(person, "change"));
        Assert.Equal(200, (await owner.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }
}
