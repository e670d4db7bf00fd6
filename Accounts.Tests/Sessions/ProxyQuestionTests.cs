using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What a proxy is told about each request to an app that it guards.</summary>
public sealed class ProxyQuestionTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Path = "/api/auth/session/";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await client.SignInSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory, InlineData("access token"), InlineData("session cookie"), InlineData("session token")]
    public async Task SG_14_It_answers_200_and_says_in_headers_who_it_is(string by)
    {
        await server.Database.ChangeAsync(person, "roles = '{editor,staff}', username = 'Zoë, 100% 日本'");
        var token = by == "access token" ? client.RefreshCookie! : await client.SignInBySessionAsync(person);
        if (by == "session token")
        {
            (client.Access, _) = (token, client.Cookies.Remove(SessionModeSteps.Cookie));
        }
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var answer = await client.SendAsync(method, Path, null);
            Assert.Equal((200, ""), (answer.Status, answer.Text));
            Assert.Equal($"{server.Session(token).UserId}", answer.Header("X-User-Id"));
            Assert.Equal("Zo%C3%AB%2C%20100%25%20%E6%97%A5%E6%9C%AC", answer.Header("X-Username"));
            Assert.Equal(("editor,staff", $"{server.Session(token).Id}"), (answer.Header("X-Roles"), answer.Header("X-Session-Id")));
            Assert.Equal(("no-store", "same-origin"), (answer.Header("Cache-Control"), answer.Header("Cross-Origin-Resource-Policy")));
        }
        await server.Database.ChangeAsync(person, $"username = '{person.Username}'");
    }

    [Fact]
    public async Task SG_14_Nobody_is_401_and_other_sites_cannot_see_even_that()
    {
        using var nobody = server.Client();
        var answer = await nobody.GetAsync(Path);
        answer.AssertRefused(401, "not_authenticated");
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Null(answer.Header("X-User-Id"));
        (await nobody.GetAsync(Path, SessionModeSteps.AsCookie("garbage"))).AssertAccessRefused("invalid");
        await client.LogoutAsync();
        (await client.GetAsync(Path)).AssertAccessRefused("revoked");
    }

    [Theory]
    [InlineData("POST", "https://evil.example", "cross-site", 403)]
    [InlineData("post", "null", null, 403)]
    [InlineData("DELETE", null, "same-site", 403)]
    [InlineData("PROPFIND", "https://evil.example", null, 403)]
    [InlineData("GET, POST", "https://evil.example", null, 403)]
    [InlineData(null, "https://evil.example", "cross-site", 403)]
    [InlineData("GET", null, "cross-site", 200)]
    [InlineData("get", "https://evil.example", "cross-site", 200)]
    [InlineData(null, null, "cross-site", 200)]
    [InlineData("POST", null, "same-origin", 200)]
    [InlineData("POST", null, null, 200)]
    public async Task SG_14_CC_05_The_rule_against_other_sites_is_asked_of_the_request_that_the_proxy_has(string? method, string? origin, string? site, int status)
    {
        await client.SignInBySessionAsync(person);
        (string, string)[] headers = [.. new (string, string?)[] { ("X-Original-Method", method), ("Origin", origin), ("Sec-Fetch-Site", site) }
            .Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];
        var answer = await client.GetAsync(Path, headers);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, answer.Header("X-User-Id") is not null);
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode", "websocket"), InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")]
    public async Task SG_14_A_sibling_sites_page_opens_no_WebSocket_with_our_cookie_though_it_is_a_GET(string header, string value)
    {
        await client.SignInBySessionAsync(person);
        (string, string)[] asked = [("X-Original-Method", "GET"), (header, value)];
        (await client.GetAsync(Path, [.. asked, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-site")])).AssertRefused(403, "csrf_failed");
        Assert.Equal(200, (await client.GetAsync(Path, [.. asked, ("Origin", server.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")])).Status);
    }

    [Fact]
    public async Task SG_14_The_page_of_the_server_itself_may_ask()
    {
        await client.SignInBySessionAsync(person);
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(200, (await client.GetAsync(Path, ("X-Original-Method", "POST"), ("Origin", own))).Status);
        Assert.Equal(405, (await client.SendAsync(HttpMethod.Put, Path, null)).Status);
    }
}
