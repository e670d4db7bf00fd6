using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class BodyModeTests(BodyModeTests.Configured shared) : IClassFixture<BodyModeTests.Configured>, IAsyncLifetime
{
    private const string Listed = "https://native.example", Unlisted = "http://localhost:3000";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;

    public sealed class Configured(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Sessions:BodyModeOrigins", $"{Listed}, https://other.example"), ("Accounts:AllowedOrigins", Listed));

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
    public async Task In_body_mode_the_refresh_token_comes_and_goes_in_bodies_and_no_cookie_is_set()
    {
        var signIn = await SignInByBodyAsync();
        var refreshed = await RefreshByBodyAsync(signIn["refresh"]!);
        Assert.Equal(200, refreshed.Status);
        Assert.Equal(["access", "access_expires_in", "refresh"], refreshed.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.All([signIn, refreshed], answer => Assert.Empty(answer.SetCookies));
        Assert.All([signIn, refreshed], answer => Assert.Equal("no-store", answer.Header("Cache-Control")));
        await server.Session(refreshed["refresh"]!).AssertAsync(generation: 1, "alive");
        Assert.True(await server.Session(refreshed["refresh"]!).ReadAsync<bool>("transport = 'body'"));
    }

    [Fact]
    public async Task The_header_is_not_needed_after_the_sign_in_for_the_mode_is_the_sessions()
    {
        var first = (await SignInByBodyAsync())["refresh"]!;
        var second = (await RefreshByBodyAsync(first))["refresh"]!;
        Assert.Equal(second, (await RefreshByBodyAsync(second, ("X-Token-Transport", "cookie")))["refresh"]);
        await server.Session(first).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task Reuse_ends_a_session_in_body_mode_too()
    {
        var first = (await SignInByBodyAsync())["refresh"]!;
        var second = (await RefreshByBodyAsync(first))["refresh"]!;
        await server.Session(first).AgeAsync(TimeSpan.FromSeconds(31));
        var third = (await RefreshByBodyAsync(second))["refresh"]!;
        (await RefreshByBodyAsync(first)).AssertRefreshRefused("reused");
        (await RefreshByBodyAsync(third)).AssertRefreshRefused("revoked");
        await server.Session(first).AssertAsync(generation: 2, "reused");
    }

    [Fact]
    public async Task A_body_token_in_a_cookie_is_invalid()
    {
        var token = (await SignInByBodyAsync())["refresh"]!;
        (await client.RefreshAsync(token)).AssertRefreshRefused("invalid", cookieCleared: true);
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task A_cookie_token_in_a_body_is_invalid()
    {
        await client.SignInAsync(person);
        var token = client.RefreshCookie!;
        client.Cookies.Clear();
        (await RefreshByBodyAsync(token)).AssertRefreshRefused("invalid");
        (await RefreshByBodyAsync(token, ("X-Token-Transport", "body"))).AssertRefreshRefused("invalid");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task Refusals_in_body_mode_set_no_cookie()
    {
        var token = (await SignInByBodyAsync())["refresh"]!;
        (await RefreshByBodyAsync("garbage")).AssertRefreshRefused("invalid");
        await server.Session(token).AgeAsync(TimeSpan.FromDays(15));
        (await RefreshByBodyAsync(token)).AssertRefreshRefused("expired");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Theory]
    [InlineData(Unlisted)]
    [InlineData("null")]
    [InlineData("https://NATIVE.example")]
    [InlineData("https://native.example.evil.example")]
    public async Task A_script_of_an_unlisted_origin_cannot_sign_in_by_body(string origin)
    {
        var answer = await LoginAsync(("X-Token-Transport", "body"), ("Origin", origin), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal((403, "permission_denied"), (answer.Status, answer["code"]));
        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task A_script_of_an_unlisted_origin_cannot_refresh_by_body()
    {
        var token = (await SignInByBodyAsync())["refresh"]!;
        var answer = await RefreshByBodyAsync(token, ("Origin", Unlisted), ("Sec-Fetch-Site", "same-origin"));
        answer.AssertRefreshRefused("missing");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task A_script_of_a_listed_origin_may_use_body_mode()
    {
        var signIn = await LoginAsync(("X-Token-Transport", "body"), ("Origin", Listed));
        Assert.Equal(200, signIn.Status);
        Assert.Equal(200, (await RefreshByBodyAsync(signIn["refresh"]!, ("Origin", Listed))).Status);
        await server.Session(signIn["refresh"]!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task A_script_cannot_turn_the_cookie_into_text()
    {
        await client.SignInAsync(person);
        foreach (var origin in new[] { Unlisted, Listed })
        {
            var answer = await client.PostAsync("/api/auth/token/refresh/", null, ("X-Token-Transport", "body"), ("Origin", origin), ("Sec-Fetch-Site", "same-origin"));
            Assert.Equal(200, answer.Status);
            Assert.Null(answer["refresh"]);
            Assert.DoesNotContain(client.RefreshCookie!, answer.Text);
        }
        Assert.True(await server.Session(client.RefreshCookie!).ReadAsync<bool>("transport = 'cookie'"));
    }

    private Task<Answer> LoginAsync(params (string, string)[] headers) =>
        client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, headers);

    private async Task<Answer> SignInByBodyAsync()
    {
        var answer = await LoginAsync(("X-Token-Transport", "body"));
        Assert.True(answer.Status == 200, answer.ToString());
        return answer;
    }

    private Task<Answer> RefreshByBodyAsync(string refresh, params (string, string)[] headers) =>
        client.PostAsync("/api/auth/token/refresh/", new { refresh }, headers);
}
