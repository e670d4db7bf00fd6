using Accounts.Tests.Admin;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>How a session in session mode ends, how long it lives, and what takes its place.</summary>
public sealed class SessionModeEndingTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client(), thief = shared.Server.Client();
    private Person person = null!;
    private string token = null!;

    public async ValueTask InitializeAsync()
    {
        person = await server.SignInVerifiedAsync(client);
        client.Cookies.Clear();
        token = await client.SignInBySessionAsync(person);
        thief.Cookies[SessionModeSteps.Cookie] = token;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once_and_clears_the_cookie()
    {
        var answer = await client.LogoutAsync();
        Assert.Equal((200, ""), (answer.Status, answer.Cookie(SessionModeSteps.Cookie)));
        await server.Session(token).AssertAsync(generation: 0, "logout");
        (await thief.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal("logout", (await thief.PostAsync("/api/auth/session/why/"))["reason"]);
        Assert.Equal("logout", (await client.PostAsync("/api/auth/session/why/", null, SessionModeSteps.AsBearer(token)))["reason"]);
        Assert.Equal(200, (await thief.LogoutAsync()).Status);
    }

    [Fact]
    public async Task Signing_out_as_Bearer_ends_the_session()
    {
        using var other = server.Client();
        other.Access = token;
        Assert.Equal(200, (await other.LogoutAsync()).Status);
        await server.Session(token).AssertAsync(generation: 0, "logout");
    }

    [Fact]
    public async Task Ending_the_own_session_or_all_clears_the_cookie()
    {
        Assert.Equal("", (await client.EndSessionAsync(server.Session(token).Id)).Cookie(SessionModeSteps.Cookie));
        var next = await client.SignInBySessionAsync(person);
        var all = await client.LogoutAllAsync(keepCurrent: false);
        Assert.Equal((200, ""), (all.Status, all.Cookie(SessionModeSteps.Cookie)));
        await server.Session(next).AssertAsync(generation: 0, "logout_all");
    }

    [Fact]
    public async Task SG_13_Roles_and_suspensions_count_at_once()
    {
        await server.Database.ChangeAsync(person, "roles = '{editor}'");
        Assert.Equal("""["editor"]""", (await client.MeAsync())["roles"]);
        await server.Database.ChangeAsync(person, "is_active = false");
        (await client.MeAsync()).AssertAccessRefused("revoked");
    }

    [Fact]
    public async Task SG_13_Unused_for_a_day_it_is_over_and_so_it_is_after_the_absolute_lifetime()
    {
        await server.Session(token).SetAsync("rotated_at = now() - interval '24 hours'");
        (await client.MeAsync()).AssertAccessRefused("expired");
        await server.Session(token).SetAsync("rotated_at = now(), created_at = now() - interval '90 days'");
        (await client.MeAsync()).AssertAccessRefused("expired");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_13_Its_last_use_moves_once_an_hour()
    {
        await server.Session(token).SetAsync("rotated_at = now() - interval '59 minutes'");
        var before = await server.Session(token).ReadAsync<DateTime>("rotated_at");
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(before, await server.Session(token).ReadAsync<DateTime>("rotated_at"));
        await server.Session(token).SetAsync("rotated_at = now() - interval '61 minutes'");
        Assert.Equal(200, (await client.MeAsync()).Status);
        await Until.TrueAsync(() => server.Session(token).ReadAsync<bool>("rotated_at > now() - interval '1 minute'"), "its use is marked");
    }

    [Fact]
    public async Task SG_13_Nobody_waits_where_a_stranger_holds_the_row()
    {
        await server.Session(token).SetAsync("rotated_at = now() - interval '61 minutes'");
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("SELECT 1 FROM sessions WHERE id = @id FOR UPDATE", ("id", server.Session(token).Id));
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(200, (await client.MeAsync()).Status);
            }
            // Each that waited for the row would take half a second.
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        }
        await Until.TrueAsync(async () => (await client.MeAsync()).Status == 200 && await server.Session(token).ReadAsync<bool>("rotated_at > now() - interval '1 minute'"), "a later use is marked");
    }

    [Fact]
    public async Task SG_02_SG_13_Proving_it_once_more_makes_a_new_session_and_ends_the_one_that_a_thief_shares()
    {
        await server.Session(token).SetAsync("auth_time = auth_time - interval '1 hour'");
        (await client.GetAsync("/api/auth/me/export/")).AssertRefused(403, "reauthentication_required");
        var answer = await client.ReauthenticateAsync(new { password = person.Password });
        Assert.Equal((200, "{}"), (answer.Status, answer.Text));
        var next = client.SessionToken();
        Assert.NotEqual(server.Session(token).Id, server.Session(next).Id);
        Assert.Equal(200, (await client.GetAsync("/api/auth/me/export/")).Status);
        await server.Session(token).AssertAsync(generation: 0, "replaced");
        (await thief.MeAsync()).AssertAccessRefused("revoked");
        (await thief.ReauthenticateAsync(new { password = person.Password })).AssertAccessRefused("revoked");
        Assert.Equal("session", await server.Session(next).ReadAsync<string>("transport"));
    }

    [Fact]
    public async Task SG_02_The_thief_who_shares_a_session_is_not_recent_by_a_proof_at_the_same_moment()
    {
        await server.Session(token).SetAsync("auth_time = auth_time - interval '1 hour'");
        var answers = await Task.WhenAll(client.ReauthenticateAsync(new { password = person.Password }), thief.GetAsync("/api/auth/me/export/"), thief.GetAsync("/api/auth/me/export/"));
        Assert.Equal(200, answers[0].Status);
        Assert.All(answers[1..], answer => Assert.True(answer.Status is 401 or 403, answer.ToString()));
    }

    [Fact]
    public async Task SG_02_A_failed_proof_leaves_the_session_as_it_is()
    {
        var answer = await client.ReauthenticateAsync(new { password = "not it" });
        Assert.Equal(400, answer.Status);
        Assert.Empty(answer.SetCookies);
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_01_A_password_is_no_second_factor_and_a_factor_makes_the_new_session_aal2()
    {
        var enrolled = await client.EnrolAsync();
        token = (await client.LoginAsync(person, "session"))["ticket"]!;
        var signedIn = await client.ProveAsync(token, enrolled.RecoveryCodes[0]);
        Assert.NotNull(signedIn.Cookie(SessionModeSteps.Cookie));
        await server.Session(client.SessionToken()).SetAsync("auth_time = auth_time - interval '1 hour'");
        Assert.Equal(200, (await client.ReauthenticateAsync(new { password = person.Password })).Status);
        (await client.PostAsync("/api/auth/factors/recovery-codes/")).AssertRefused(403, "reauthentication_required");
        Assert.Equal(200, (await client.ReauthenticateAsync(new { code = enrolled.RecoveryCodes[1] })).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/factors/recovery-codes/")).Status);
    }

    [Fact]
    public async Task A_change_of_the_password_ends_all_and_gives_the_caller_a_new_session()
    {
        using var native = server.Client();
        var other = await native.SignInBySessionBodyAsync(person);
        var answer = await client.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = Some.OtherPassword });
        Assert.Equal((200, "user"), (answer.Status, answer.Json.EnumerateObject().Select(member => member.Name).Single(name => name is not "detail")));
        Assert.Equal(200, (await client.MeAsync()).Status);
        (await thief.MeAsync()).AssertAccessRefused("revoked");
        (await native.MeAsync()).AssertAccessRefused("revoked");
        person = person with { Password = Some.OtherPassword };
        await native.SignInBySessionBodyAsync(person);
        var again = await native.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = "another-good-one-77" });
        Assert.Equal(200, (await native.MeAsync(again["session_token"])).Status);
        Assert.Empty(again.SetCookies);
    }

    [Fact]
    public async Task SG_13_RO_08_An_administrators_cookie_does_what_cannot_be_undone_a_moment_after_the_proof_alone()
    {
        using var somebody = server.Client();
        var target = await server.Database.AddressAsync(await somebody.SignInSomebodyAsync());
        await server.Database.ChangeAsync(person, "roles = '{admin}'");
        Assert.Equal(200, (await client.GetAsync(target)).Status);
        await server.Session(token).SetAsync("auth_time = auth_time - interval '1 hour'");
        (await client.DeleteAsync(target)).AssertRefused(403, "reauthentication_required");
        Assert.Equal(200, (await client.ReauthenticateAsync(new { password = person.Password })).Status);
        Assert.Equal(200, (await client.DeleteAsync(target)).Status);
    }

    [Fact]
    public async Task A_cookie_that_is_no_longer_good_keeps_nobody_from_what_a_ticket_opens()
    {
        await server.Session(token).SetAsync("ended_at = now(), end_reason = 'logout'");
        (await client.PostAsync(FactorSteps.Begin, new { ticket = "of nobody" })).AssertRefused(401, "invalid_ticket");
        (await client.PostAsync(FactorSteps.Begin)).AssertRefused(401, "not_authenticated");
    }
}
