using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>One token, in a cookie or a body, in place of access and refresh tokens.</summary>
public sealed class SessionModeTests(SessionModeTests.Configured shared) : IClassFixture<SessionModeTests.Configured>, IAsyncLifetime
{
    private const string Listed = "https://native.example", Client = "orders:a secret of a resource server that is long enough";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;

    public sealed class Configured(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Sessions:BodyModeOrigins", Listed), ("Accounts:AllowedOrigins", Listed), ("Accounts:Tokens:IntrospectionClients", Client));

    public async ValueTask InitializeAsync()
    {
        person = Some.Person();
        await client.RegisterAsync(person);
        client.Cookies.Clear();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_13_A_sign_in_in_session_mode_sets_one_cookie_and_answers_no_token()
    {
        var answer = await client.LoginAsync(person, "session");
        Assert.Equal((200, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        Assert.Equal(["user"], answer.Json.EnumerateObject().Select(member => member.Name));
        var cookie = SetCookie.Parse(answer.SetCookies.Single(set => set.StartsWith(SessionModeSteps.Cookie, StringComparison.Ordinal)));
        Assert.Equal("httponly; path=/; samesite=lax", cookie.Guards);
        Assert.InRange(cookie.MaxAge!.Value, TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(90));
        Assert.Null(answer.RefreshCookie);
        Assert.DoesNotContain(cookie.Value, answer.Text, StringComparison.Ordinal);
        Assert.True(await server.Session(cookie.Value).ReadAsync<bool>("transport = 'session' AND persistent"));
    }

    [Fact]
    public async Task SG_13_Without_remember_the_cookie_goes_with_the_browser()
    {
        var answer = await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember = false }, ("X-Token-Transport", "session"));
        Assert.Null(SetCookie.Parse(answer.SetCookies.Single(set => set.StartsWith(SessionModeSteps.Cookie, StringComparison.Ordinal))).MaxAge);
        Assert.True(await server.Session(client.SessionToken()).ReadAsync<bool>("NOT persistent"));
    }

    [Fact]
    public async Task SG_13_The_token_is_taken_wherever_an_access_token_is_by_cookie_and_as_Bearer()
    {
        var token = await client.SignInBySessionAsync(person);
        using var other = server.Client();
        foreach (var (who, header) in new[] { (client, SessionModeSteps.AsCookie(token)), (other, SessionModeSteps.AsBearer(token)) })
        {
            Assert.Equal(person.Username, (await who.GetAsync("/api/auth/me/", header))["username"]);
            var listed = (await who.GetAsync("/api/auth/sessions/", header)).Json[0];
            Assert.Equal(("session", true), (listed.GetProperty("transport").GetString(), listed.GetProperty("current").GetBoolean()));
            Assert.Equal(200, (await who.SendAsync(HttpMethod.Patch, "/api/auth/me/", System.Net.Http.Json.JsonContent.Create(new { first_name = "Ada" }), header)).Status);
        }
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_13_Who_asks_for_bodies_gets_the_token_there_and_shows_it_as_Bearer_alone()
    {
        var token = await client.SignInBySessionBodyAsync(person);
        Assert.True(await server.Session(token).ReadAsync<bool>("transport = 'token_body'"));
        Assert.Equal(person.Username, (await client.MeAsync())["username"]);
        using var browser = server.Client();
        (await browser.GetAsync("/api/auth/me/", SessionModeSteps.AsCookie(token))).AssertAccessRefused("invalid");
        Assert.Equal(403, (await browser.LoginAsync(person, "session-body", ("Origin", "http://localhost:3000"))).Status);
        Assert.NotNull((await browser.LoginAsync(person, "session-body", ("Origin", Listed)))["session_token"]);
        Assert.Equal(2, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task SG_14_A_page_that_loads_learns_who_is_here_and_is_given_no_token()
    {
        var token = await client.SignInBySessionAsync(person);
        var answer = await client.BeginAsync();
        Assert.Equal(["user"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((200, person.Username), (answer.Status, answer.Json.GetProperty("user").GetProperty("username").GetString()));
        Assert.Empty(answer.SetCookies);
        await server.Session(token).AgeAsync(TimeSpan.FromHours(24));
        var expired = await client.BeginAsync();
        Assert.Equal("""{"user":null,"reason":"expired"}""", expired.Text);
        Assert.Equal("", expired.Cookie(SessionModeSteps.Cookie));
        Assert.Equal("""{"user":null}""", (await client.BeginAsync()).Text);
    }

    [Fact]
    public async Task SG_14_The_cookie_stays_where_the_session_was_ended_and_goes_where_it_is_garbage()
    {
        var token = await client.SignInBySessionAsync(person);
        await server.Session(token).SetAsync("ended_at = now(), end_reason = 'logout'");
        var revoked = await client.BeginAsync();
        Assert.Equal("""{"user":null,"reason":"revoked"}""", revoked.Text);
        Assert.Empty(revoked.SetCookies);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        foreach (var garbage in new[] { "garbage", token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), "acc_ses_" })
        {
            var answer = await client.BeginAsync(SessionModeSteps.AsCookie(garbage));
            Assert.Equal(("""{"user":null,"reason":"invalid"}""", ""), (answer.Text, answer.Cookie(SessionModeSteps.Cookie)));
            (await client.GetAsync("/api/auth/me/", SessionModeSteps.AsCookie(garbage))).AssertAccessRefused("invalid");
        }
    }

    [Fact]
    public async Task SG_13_Neither_token_is_taken_for_the_other()
    {
        var token = await client.SignInBySessionAsync(person);
        using var other = server.Client();
        using var nobody = server.Client();
        await other.SignInAsync(person);
        var refresh = other.RefreshCookie!;
        (await client.RefreshAsync(token)).AssertRefreshRefused("invalid", cookieCleared: true);
        (await nobody.PostAsync("/api/auth/token/refresh/", new { refresh = token })).AssertRefreshRefused("invalid");
        (await client.GetAsync("/api/auth/me/", SessionModeSteps.AsCookie(refresh))).AssertAccessRefused("invalid");
        (await client.GetAsync("/api/auth/me/", SessionModeSteps.AsCookie($"acc_ses_{refresh}"))).AssertAccessRefused("invalid");
        (await nobody.MeAsync(refresh)).AssertAccessRefused("invalid");
        Assert.Equal(401, (await nobody.PostAsync("/api/auth/token/verify/", new { token })).Status);
        await server.Session(token).AssertAsync(generation: 0, "alive");
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task Two_cookies_are_refused_and_nobody_is_alarmed()
    {
        var token = await client.SignInBySessionAsync(person);
        (await client.GetAsync("/api/auth/me/", ("Cookie", $"accounts_session={token}; accounts_session={token}"))).AssertAccessRefused("invalid");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_13_A_new_sign_in_brings_a_new_token_and_ends_the_session_of_the_one_that_came_along()
    {
        using var attacker = server.Client();
        var mallory = await attacker.SignInSomebodyAsync();
        var planted = await attacker.SignInBySessionAsync(mallory);
        client.Cookies[SessionModeSteps.Cookie] = planted;
        var token = await client.SignInBySessionAsync(person);
        Assert.NotEqual(planted, token);
        await server.Session(planted).AssertAsync(generation: 0, "replaced");
        (await attacker.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal(person.Username, (await client.MeAsync())["username"]);
    }

    [Fact]
    public async Task SG_13_A_browser_is_signed_in_by_one_cookie_at_a_time()
    {
        await client.SignInAsync(person);
        var (access, refresh) = (client.Access!, client.RefreshCookie!);
        var token = await client.SignInBySessionAsync(person);
        Assert.False(client.Cookies.ContainsKey("refresh_token"));
        (await client.MeAsync(access)).AssertAccessRefused("revoked");
        await server.Session(refresh).AssertAsync(generation: 0, "replaced");
        await client.SignInAsync(person);
        Assert.False(client.Cookies.ContainsKey(SessionModeSteps.Cookie));
        await server.Session(token).AssertAsync(generation: 0, "replaced");
        Assert.NotNull((await client.BeginAsync())["access"]);
    }

    [Fact]
    public async Task SG_14_A_dead_session_cookie_keeps_nobody_out_who_has_a_good_refresh_token()
    {
        var token = await client.SignInBySessionAsync(person);
        await server.Session(token).SetAsync("ended_at = now(), end_reason = 'logout'");
        using var other = server.Client();
        await other.SignInAsync(person);
        var answer = await other.PostAsync("/api/auth/session/", null, ("Cookie", $"accounts_session={token}; refresh_token={other.RefreshCookie}"));
        Assert.NotNull(answer["access"]);
        Assert.Equal(200, (await other.GetAsync("/api/auth/me/", ("Cookie", $"accounts_session={token}"))).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task CC_05_SG_13_A_form_of_another_site_does_nothing_by_the_cookie(string header, string value)
    {
        var token = await client.SignInBySessionAsync(person);
        (await client.PostAsync("/api/auth/logout/all/", null, (header, value))).AssertRefused(403, "csrf_failed");
        (await client.SendAsync(HttpMethod.Delete, "/api/auth/me/", null, (header, value))).AssertRefused(403, "csrf_failed");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_13_Introspection_tells_of_a_session_token_what_an_access_token_would_say()
    {
        var token = await client.SignInBySessionAsync(person);
        var answer = await IntrospectAsync(token);
        Assert.Equal(("true", person.Username, "aal1", """["pwd"]"""), (answer["active"], answer["username"], answer["acr"], answer["amr"]));
        Assert.Equal((server.Session(token).Id, server.Session(token).UserId), (answer.Json.GetProperty("sid").GetGuid(), answer.Json.GetProperty("sub").GetGuid()));
        Assert.InRange(answer.Json.GetProperty("exp").GetInt64() - answer.Json.GetProperty("iat").GetInt64(), 24 * 3600 - 1, 24 * 3600 + 1);
        await client.LogoutAsync();
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Text);
        Assert.Equal("""{"active":false}""", (await IntrospectAsync("acc_ses_garbage")).Text);
    }

    private async Task<Answer> IntrospectAsync(string token)
    {
        using var orders = server.Client();
        return await orders.PostAsync("/api/auth/introspect/", new { token }, ("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Client))}"));
    }
}
