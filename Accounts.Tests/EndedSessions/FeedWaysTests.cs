using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EndedSessions;

/// <summary>Walks the ways in which a session, all of a user's or their roles end, and looks whether services are told.</summary>
[Trait("Pace", "slow")]
public sealed class FeedWaysTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient service = shared.Server.Client(), admin = shared.Server.Client();

    /// <param name="Person">who has two sessions</param>
    /// <param name="Victim">whose session ends</param>
    /// <param name="Owner">the other</param>
    private sealed record Pair(Person Person, ApiClient Victim, ApiClient Owner);

    private Dictionary<string, Func<Pair, Task<Answer>>> Ways => new()
    {
        ["logout"] = pair => pair.Victim.LogoutAsync(),
        ["logout by an access token"] = pair => pair.Owner.PostAsync("/api/auth/logout/", null, ("Cookie", "a=b"), ("Authorization", $"Bearer {pair.Victim.Access}")),
        ["a token given back"] = pair => pair.Owner.PostAsync("/api/auth/token/revoke/", new { token = pair.Victim.RefreshCookie }),
        ["ended from another"] = pair => pair.Owner.EndSessionAsync(pair.Victim.Id()),
        ["everywhere"] = pair => pair.Owner.LogoutAllAsync(keepCurrent: false),
        ["everywhere else"] = pair => pair.Owner.LogoutAllAsync(keepCurrent: true),
        ["another sign-in in its place"] = pair => pair.Victim.LoginAsync(pair.Person),
        ["reuse"] = ReuseAsync,
        ["one too many"] = CrowdOutAsync,
        ["another password"] = pair => pair.Owner.ChangePasswordAsync(pair.Person.Password, Some.OtherPassword),
        ["a reset"] = async pair => await pair.Owner.ResetAsync(await server.Database.PlantResetAsync(pair.Person)),
        ["another address"] = async pair => await pair.Owner.ConfirmChangeAsync(await server.Database.PlantChangeAsync(pair.Person, Some.Email())),
        ["a second factor"] = EnrolAsync,
        ["this wasn't me"] = async pair => await pair.Owner.FreezeAsync(await PlantChangeOfPasswordAsync(pair.Person)),
        ["deletion"] = pair => pair.Owner.DeleteAccountAsync(pair.Person.Password),
        ["an account that is not its owner's"] = async pair => await pair.Owner.RejectAsync(await server.Database.PlantTokenAsync(pair.Person, "verify")),
        ["signed out by an administrator"] = async pair => await admin.PostAsync(await server.Database.AddressAsync(pair.Person, "logout")),
        ["deactivated"] = async pair => await admin.PostAsync(await server.Database.AddressAsync(pair.Person, "deactivate"), new { }),
        ["deleted by an administrator"] = async pair => await admin.DeleteAsync(await server.Database.AddressAsync(pair.Person)),
        ["a role given"] = GiveRoleAsync,
    };

    public async ValueTask InitializeAsync()
    {
        await server.SignInAdministratorAsync(admin);
        // Whose role is told as well, before anything else is.
        await service.FollowAsync(await service.CursorAsync(), await server.SignOutSomebodyAsync());
    }

    public ValueTask DisposeAsync()
    {
        service.Dispose();
        admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task FE_02_Whichever_way_a_session_ends_services_are_told_and_its_token_is_refused()
    {
        var cursor = await service.CursorAsync();
        var ended = new Dictionary<string, string>();
        foreach (var (way, act) in Ways)
        {
            using var victim = server.Client();
            using var owner = server.Client();
            var pair = new Pair(await victim.SignInSomebodyAsync(), victim, owner);
            await owner.SignInAsync(pair.Person);
            ended[way] = victim.Access!;
            var answer = await act(pair);
            Assert.True(answer.Status is 200 or 204 || (way == "reuse" && answer.Status == 401), $"{way}: {answer}");
        }
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.Empty(ended.Where(one => !told.Refuse(one.Value)).Select(one => one.Key));
        Assert.All(told, entry => Assert.InRange(entry.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow.AddMinutes(13)));
        // Who signs in now has a token of a version that no entry is about.
        Assert.Equal(0, await server.Database.CountAsync("ended_sessions e JOIN users u ON u.id = e.user_id", "e.below > u.version"));
    }

    /// <summary>The session that stays, and the one that begins with another password, have tokens that are taken.</summary>
    [Fact]
    public async Task FE_02_Who_stays_signed_in_while_others_end_goes_on_with_the_next_token()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var cursor = await service.CursorAsync();
        await client.LogoutAllAsync(keepCurrent: true);
        var kept = (await client.RefreshAsync()).Access;
        var changed = (await client.ChangePasswordAsync(person.Password, Some.OtherPassword)).Access;
        using var another = server.Client();
        var signedIn = (await another.SignInAsync(person with { Password = Some.OtherPassword })).Access;
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.True(told.Refuse(kept));
        Assert.False(told.Refuse(changed));
        Assert.False(told.Refuse(signedIn));
        var (proved, refreshed) = ((await another.PostAsync("/api/auth/reauthenticate/", new { password = Some.OtherPassword })).Access, (await another.RefreshAsync()).Access);
        Assert.False(told.Refuse(proved) || told.Refuse(refreshed));
    }

    /// <summary>Refreshes and reads are many; a change of name makes no token say what is not so; session mode has no access tokens.</summary>
    [Fact]
    public async Task FE_02_What_ends_no_access_token_is_not_told()
    {
        using var client = server.Client();
        using var site = server.Client();
        var person = await client.SignInSomebodyAsync();
        await site.SignInBySessionAsync(person);
        var cursor = await service.CursorAsync();
        for (var n = 0; n < 3; n++)
        {
            await server.Session(client.RefreshCookie!).AgeAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(200, (await client.RefreshAsync()).Status);
            Assert.Equal(200, (await client.MeAsync()).Status);
        }
        Assert.Equal(200, (await site.LogoutAsync()).Status);
        Assert.Equal(200, (await admin.PatchAsync(await server.Database.AddressAsync(person), new { first_name = "Zoë" })).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "version = 1"));
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.Single(told);
        Assert.Equal(0, await server.Database.CountAsync("ended_sessions e JOIN users u ON u.id = e.user_id", "u.email = @email", ("email", person.Email)));
    }

    /// <summary>What every refresh writes, and what a sign-in writes of its user, is no more work than it was.</summary>
    [Theory]
    [InlineData("UPDATE sessions SET generation = generation + 1, first_child = 1, parent_generation = 0, rotated_at = clock_timestamp()", false)]
    [InlineData("UPDATE users SET last_login = clock_timestamp()", false), InlineData("UPDATE sessions SET ended_at = clock_timestamp()", true), InlineData("UPDATE users SET sessions_epoch = sessions_epoch + 1", true)]
    public async Task FE_02_A_refresh_calls_no_trigger(string statement, bool calls)
    {
        await service.FollowAsync(await service.CursorAsync(), await server.SignOutSomebodyAsync());
        var plan = await server.Database.ScalarAsync<string>($"BEGIN; EXPLAIN (ANALYZE, FORMAT JSON) {statement} WHERE {(statement.Contains("sessions SET", StringComparison.Ordinal) ? "ended_at IS NULL" : "true")}; ROLLBACK");
        Assert.Equal(calls, plan.Contains("tell_", StringComparison.Ordinal));
        Assert.True(calls || !plan.Contains("raise_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FE_02_What_was_told_with_all_of_a_users_is_not_told_again_when_it_is_marked_or_swept()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var (refresh, session) = (client.RefreshCookie!, client.Id());
        var cursor = await service.CursorAsync();
        await client.LogoutAllAsync(keepCurrent: false);
        await server.SweepAsync();
        await server.Session(refresh).AssertAsync(generation: 0, "logout_all");
        await server.Database.ExecuteAsync("UPDATE sessions SET ended_at = NULL, epoch = 1, rotated_at = now() - interval '100 days' WHERE id = @id", ("id", session));
        await server.SweepAsync();
        Assert.Equal(0, await server.Database.CountAsync("sessions", "id = @id", ("id", session)));
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.Equal(["user_id", "sid"], told.Select(entry => entry.TryGetProperty("sid", out JsonElement _) ? "sid" : "user_id"));
        Assert.Equal(await server.Database.IdAsync(person), told[0].GetProperty("user_id").GetGuid());
    }

    /// <summary>A script of the operator's, too, cannot forget to tell.</summary>
    [Theory]
    [InlineData("UPDATE sessions SET ended_at = now() WHERE id = @id"), InlineData("DELETE FROM sessions WHERE id = @id"), InlineData("DELETE FROM users u USING sessions s WHERE s.user_id = u.id AND s.id = @id")]
    [InlineData("UPDATE users u SET sessions_epoch = u.sessions_epoch + 1 FROM sessions s WHERE s.user_id = u.id AND s.id = @id"), InlineData("UPDATE users u SET roles = '{editor}' FROM sessions s WHERE s.user_id = u.id AND s.id = @id")]
    public async Task FE_02_What_is_ended_in_the_database_is_told(string statement)
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var cursor = await service.CursorAsync();
        Assert.Equal(1, await server.Database.ExecuteAsync(statement, ("id", client.Id())));
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.True(told.Refuse(client.Access!));
        Assert.Equal(2, told.Count);
    }

    private async Task<Answer> EnrolAsync(Pair pair)
    {
        await server.Database.ChangeAsync(pair.Person, "email_verified = true");
        await pair.Owner.EnrolAsync();
        return await pair.Owner.MeAsync();
    }

    private async Task<Answer> GiveRoleAsync(Pair pair)
    {
        await server.Database.ChangeAsync(pair.Person, "email_verified = true");
        return await admin.PutRolesAsync(await server.Database.AddressAsync(pair.Person), "editor");
    }

    /// <summary>The token of before, after the one that followed it was used.</summary>
    private async Task<Answer> ReuseAsync(Pair pair)
    {
        var stolen = pair.Victim.RefreshCookie!;
        for (var rotation = 0; rotation < 2; rotation++)
        {
            await pair.Victim.RefreshAsync();
            await server.Session(stolen).AgeAsync(TimeSpan.FromMinutes(1));
        }
        return await pair.Owner.RefreshAsync(stolen);
    }

    /// <summary>The victim's is the oldest.</summary>
    private async Task<Answer> CrowdOutAsync(Pair pair)
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO sessions (user_id, id, secret_hash, generation, rotated_at, created_at, persistent, transport, auth_time, amr, ip, user_agent)
            SELECT user_id, ('ffffffff-ffff-7fff-8fff-' || lpad(n::text, 12, '0'))::uuid, secret_hash, 0, now(), now(), true, 'cookie', now(), amr, ip, user_agent
            FROM sessions, generate_series(1, 98) n WHERE id = @id
            """, ("id", pair.Owner.Id()));
        using var another = server.Client();
        return await another.SignInAsync(pair.Person);
    }

    /// <summary>As in the mail about a new password, without its change.</summary>
    private async Task<string> PlantChangeOfPasswordAsync(Person person)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Assert.Equal(1, await server.Database.ExecuteAsync("""
            INSERT INTO account_changes (id, user_id, kind, email, ip, user_agent, token_hash)
            SELECT gen_random_uuid(), id, 'password_changed', email, '', '', @hash FROM users WHERE email = @email
            """, ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("email", person.Email)));
        return token;
    }
}
