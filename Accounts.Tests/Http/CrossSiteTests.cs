using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>What the headers that browsers add decide, in Production with one listed origin.</summary>
public sealed class CrossSiteTests(CrossSiteTests.Configured shared, Postgres postgres) : IClassFixture<CrossSiteTests.Configured>, IAsyncLifetime
{
    private const string Listed = "https://app.example.com", Evil = "https://evil.example";
    private const string Https = "https://accounts.example.com";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;
    private long usersBefore, sessionsBefore;

    public sealed class Configured(Postgres postgres)
        : SharedServer(postgres, ("environment", "Production"), ("Accounts:AllowedOrigins", Listed));

    public async ValueTask InitializeAsync()
    {
        person = await client.SignInSomebodyAsync();
        client.Access = null;
        (usersBefore, sessionsBefore) = (await server.Database.CountAsync("users"), await server.Database.CountAsync("sessions"));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string?, string?> Foreign => new()
    {
        { "cross-site", Evil }, { "same-site", "http://evil.localhost:3000" }, { "cross-site", "null" }, { null, Evil }, { null, "null" },
        { "cross-site", null }, { "same-site", null }, { "nonsense", null }, { "", null }, { null, "" }, { "same-origin, cross-site", Evil },
        { null, $"{Listed}/" }, { null, "HTTPS://APP.EXAMPLE.COM" }, { null, $"{Listed}, {Evil}" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task CC_05_A_request_from_elsewhere_is_refused_and_does_nothing(string? site, string? origin)
    {
        foreach (var path in new[] { "login", "register", "token/refresh", "token/revoke", "logout", "verify-email", "introspect", "nowhere" })
        {
            foreach (var body in Bodies())
            {
                var answer = await client.SendAsync(HttpMethod.Post, $"/api/auth/{path}/", body, From(site, origin));
                Assert.Equal((403, "csrf_failed"), (answer.Status, answer["code"]));
                Assert.Empty(answer.SetCookies);
            }
        }
        await AssertUntouchedAsync();
    }

    [Theory]
    [InlineData("PUT", "/api/auth/token/refresh/")]
    [InlineData("PATCH", "/API/AUTH/TOKEN/REFRESH")]
    [InlineData("DELETE", "/api/auth/me/")]
    [InlineData("BREW", "/api/auth/logout/")]
    [InlineData("POST", "/%61pi/auth/logout/")]
    [InlineData("POST", "/x/../api/auth/logout/")]
    [InlineData("POST", "/api/./auth/logout")]
    public async Task CC_05_No_other_method_or_spelling_of_a_path_goes_round_it(string method, string path)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {Evil}\r\nCookie: refresh_token={client.RefreshCookie}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.Equal(403, await connection.StatusAsync());
        await AssertUntouchedAsync();
    }

    public static TheoryData<string?, string?> Own => new()
    {
        { "same-origin", null }, { "same-origin", "null" }, { "none", null }, { "cross-site", Listed }, { null, Listed }, { null, null },
    };

    [Theory]
    [MemberData(nameof(Own))]
    public async Task CC_05_Our_own_pages_listed_origins_and_clients_that_are_no_browser_pass(string? site, string? origin)
    {
        var answer = await client.SendAsync(HttpMethod.Post, "/api/auth/token/refresh/", null, From(site, origin));
        Assert.Equal(200, answer.Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task CC_05_The_origin_is_compared_with_PublicUrl_and_never_with_the_hosts_name()
    {
        var port = server.Address.Port;
        Assert.Equal(200, (await client.PostAsync("/api/auth/logout/", null, ("Origin", $"http://localhost:{port}"))).Status);
        foreach (var host in new[] { "127.0.0.1", "[::1]" })
        {
            var answer = await client.PostAsync("/api/auth/token/refresh/", null, ("Host", $"{host}:{port}"), ("Origin", $"http://{host}:{port}"));
            Assert.Equal((403, "csrf_failed"), (answer.Status, answer["code"]));
        }
    }

    [Fact]
    public async Task CC_05_Where_every_sites_requests_carry_the_cookie_one_that_says_nothing_of_its_origin_is_refused()
    {
        await using var crossSite = await TestServer.StartAsync(
            postgres, ("environment", "Production"), ("Accounts:PublicUrl", Https), ("Accounts:TrustedProxies", "192.0.2.1"), ("Accounts:Sessions:CookieSameSite", "None"), ("Accounts:AllowedOrigins", Listed));
        using var other = crossSite.Client();
        await other.SignInSomebodyAsync();
        Assert.Equal(403, (await other.PostAsync("/api/auth/token/refresh/")).Status);
        Assert.Equal(200, (await other.PostAsync("/api/auth/token/refresh/", null, ("Origin", Listed))).Status);
        other.Cookies.Clear();
        Assert.Equal("missing", (await other.PostAsync("/api/auth/token/refresh/"))["reason"]);
    }

    [Theory]
    [InlineData("Lax", "__Host-refresh_token=", "samesite=lax", false)]
    [InlineData("Strict", "__Host-refresh_token=", "samesite=strict", false)]
    [InlineData("None", "__Host-refresh_token_partitioned=", "samesite=none", true)]
    public async Task CC_02_The_cookies_attributes_follow_the_setting_also_where_it_is_cleared(string sameSite, string name, string attribute, bool partitioned)
    {
        await using var https = await TestServer.StartAsync(
            postgres, ("environment", "Production"), ("Accounts:PublicUrl", Https), ("Accounts:TrustedProxies", "192.0.2.1"), ("Accounts:Sessions:CookieSameSite", sameSite), ("Accounts:AllowedOrigins", Listed));
        using var other = https.Client();
        var someone = Some.Person();
        await other.RegisterAsync(someone);
        var (set, cleared) = (await other.LoginAsync(someone), await other.PostAsync("/api/auth/logout/", null, ("Origin", Listed)));
        foreach (var answer in new[] { set, cleared })
        {
            var cookie = Assert.Single(answer.SetCookies, cookie => cookie.StartsWith(name, StringComparison.Ordinal));
            var attributes = cookie.Split(';', StringSplitOptions.TrimEntries)[1..].Select(one => one.ToLowerInvariant()).ToArray();
            Assert.Subset(attributes.ToHashSet(), new HashSet<string> { "path=/", "secure", "httponly", attribute });
            Assert.Equal(partitioned, attributes.Contains("partitioned"));
            Assert.DoesNotContain(attributes, one => one.StartsWith("domain", StringComparison.Ordinal));
        }
        Assert.StartsWith($"{name};", Assert.Single(cleared.SetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CC_06_A_cookie_planted_behind_a_comma_in_anothers_value_is_not_read()
    {
        using var victim = server.Client();
        var planted = await victim.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"theme=dark,refresh_token={client.RefreshCookie}"));
        Assert.Equal((401, "missing"), (planted.Status, planted["reason"]));
        var both = await victim.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"a={{\"b\":1, \"c\":\"; d\"}}; theme=dark,refresh_token=x; refresh_token={client.RefreshCookie}; e"));
        Assert.Equal(200, both.Status);
    }

    private (string, string)[] From(string? site, string? origin) =>
        [.. new[] { ("Sec-Fetch-Site", site), ("Origin", origin) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];

    private IEnumerable<HttpContent?> Bodies()
    {
        var json = $$"""{"email": "{{person.Email}}", "username": "{{Some.Username()}}", "password": "{{person.Password}}"}""";
        yield return new StringContent(json, Encoding.UTF8, "application/json");
        yield return new StringContent(json, Encoding.UTF8, "text/plain");
        yield return new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = person.Email, ["password"] = person.Password });
        yield return null;
    }

    private async Task AssertUntouchedAsync()
    {
        Assert.Equal(usersBefore, await server.Database.CountAsync("users"));
        Assert.Equal(sessionsBefore, await server.Database.CountAsync("sessions"));
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }
}
