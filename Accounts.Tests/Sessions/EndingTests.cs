using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Every act that ends a session, against everything that a session is good for, on both nodes.</summary>
[Collection(typeof(TwoNodes))]
public sealed class EndingTests(TwoNodes fixture) : IAsyncLifetime
{
    private readonly Nodes nodes = fixture.Nodes;
    private ApiClient victim = null!, owner = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (victim, owner) = (nodes.Client(), nodes.Client());
        person = await nodes.RegisterAsync();
        await victim.SignInAsync(person);
        await owner.SignInAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        victim.Dispose();
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("logout", 200), InlineData("logout by access token", 200), InlineData("its own end", 204), InlineData("ended from another", 204), InlineData("logout everywhere", 200)]
    [InlineData("logout everywhere else", 200), InlineData("password change", 200), InlineData("password reset", 200), InlineData("disowned by mail", 200), InlineData("replaced", 200)]
    [InlineData("reuse", 401), InlineData("deactivation", 0), InlineData("deletion", 204), InlineData("one too many", 200), InlineData("another address", 200), InlineData("this wasn't me", 200)]
    public async Task SE_09_Scenario_30_What_ends_a_session_ends_it_at_once_on_both_nodes_and_elsewhere_when_its_token_expires(string act, int status)
    {
        var (refresh, access) = (victim.RefreshCookie!, victim.Access!);
        Assert.Equal(status, await ActAsync(act));
        foreach (var client in nodes.Clients())
        {
            (await client.MeAsync(access)).AssertAccessRefused("revoked");
            (await client.RefreshAsync(refresh)).AssertRefreshRefused("revoked");
            client.Dispose();
        }
        var keys = await nodes.WithAsync(client => client.GetAsync("/.well-known/jwks.json"));
        Assert.True(PublishedKeys.HaveSigned(keys.Json, access));
        Assert.True(AccessTokenText.ClaimsOf(access).GetProperty("exp").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    private async Task<int> ActAsync(string act) => act switch
    {
        "logout" => (await victim.LogoutAsync()).Status,
        "logout by access token" => (await owner.PostAsync("/api/auth/logout/", null, ("Cookie", "a=b"), ("Authorization", $"Bearer {victim.Access}"))).Status,
        "its own end" => (await victim.EndSessionAsync(victim.Id())).Status,
        "ended from another" => (await owner.EndSessionAsync(victim.Id())).Status,
        "logout everywhere" => (await owner.LogoutAllAsync(keepCurrent: false)).Status,
        "logout everywhere else" => (await owner.LogoutAllAsync(keepCurrent: true)).Status,
        "password change" => (await owner.ChangePasswordAsync(person.Password, Some.OtherPassword)).Status,
        "password reset" => (await owner.ResetAsync(await nodes.Database.PlantResetAsync(person))).Status,
        "disowned by mail" => (await owner.PostAsync("/api/auth/sessions/disown/", new { token = await PlantDisowningAsync() })).Status,
        "replaced" => (await victim.SignInAsync(person)).Status,
        "reuse" => await ReuseAsync(),
        "deactivation" => await ChangeAsync("is_active = false"),
        "deletion" => (await owner.DeleteAccountAsync(person.Password)).Status,
        "another address" => (await owner.ConfirmChangeAsync(await nodes.Database.PlantChangeAsync(person, Some.Email()))).Status,
        "this wasn't me" => (await owner.FreezeAsync(await PlantChangeOfPasswordAsync())).Status,
        _ => await CrowdOutAsync(),
    };

    private async Task<int> ChangeAsync(string assignment)
    {
        await nodes.Database.ChangeAsync(person, assignment);
        return 0;
    }

    /// <summary>The token of before, after the one that followed it was used.</summary>
    private async Task<int> ReuseAsync()
    {
        var stolen = victim.RefreshCookie!;
        for (var rotation = 0; rotation < 2; rotation++)
        {
            await victim.RefreshAsync();
            await nodes.Session(stolen).AgeAsync(TimeSpan.FromMinutes(1));
        }
        return (await nodes.RefreshAsync(stolen)).Status;
    }

    private async Task<int> CrowdOutAsync()
    {
        // Its id tells which is the oldest: the victim's signed in first.
        await nodes.Database.ExecuteAsync("""
            INSERT INTO sessions (user_id, id, secret_hash, generation, rotated_at, created_at, persistent, transport, auth_time, amr, ip, user_agent)
            SELECT user_id, ('ffffffff-ffff-7fff-8fff-' || lpad(n::text, 12, '0'))::uuid, secret_hash, 0, now(), now(), true, 'cookie', now(), amr, ip, user_agent
            FROM sessions, generate_series(1, 98) n WHERE id = @id
            """, ("id", owner.Id()));
        return (await nodes.SignInAsync(person)).Status;
    }

    /// <summary>As in the mail about a new password, without its change.</summary>
    private async Task<string> PlantChangeOfPasswordAsync()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Assert.Equal(1, await nodes.Database.ExecuteAsync("""
            INSERT INTO account_changes (id, user_id, kind, email, ip, user_agent, token_hash)
            SELECT gen_random_uuid(), id, 'password_changed', email, '', '', @hash FROM users WHERE email = @email
            """, ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("email", person.Email)));
        return token;
    }

    /// <summary>As in the mail about a new device.</summary>
    private async Task<string> PlantDisowningAsync()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await nodes.Database.ExecuteAsync("""
            INSERT INTO email_verification_tokens (id, user_id, session_id, email, purpose, token_hash, attempts, expires_at)
            SELECT gen_random_uuid(), id, @session, email, 'disown', @hash, 0, clock_timestamp() + interval '7 days' FROM users WHERE email = @email
            """, ("session", victim.Id()), ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("email", person.Email));
        return token;
    }
}
