using Accounts.Api;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Which origins may read answers: in Production, with two of them listed.</summary>
public sealed class CorsTests(CorsTests.Configured shared, Postgres postgres) : IClassFixture<CorsTests.Configured>, IDisposable
{
    private const string App = "https://app.example.com", Other = "http://localhost:3000", InApp = "capacitor://localhost";

    private static readonly (string, string)[] Settings =
    [
        ("environment", "Production"), ("Accounts:AllowedOrigins", $"{App}, {Other}, {InApp}"), ("Accounts:AllowedHeaders", "x-client-version"), ("Accounts:Throttling:Enabled", "true"),
        ("Accounts:Throttling:SignInsPerMinute", "1"), ("Accounts:Throttling:HashQueueLength", "1"),
    ];

    private readonly ApiClient client = shared.Server.Client();

    public sealed class Configured(Postgres postgres) : SharedServer(postgres, Settings);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("null")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("https://app.example.evil")]
    [InlineData("https://evil-app.example.com")]
    [InlineData("https://evilapp.example.com")]
    [InlineData("https://evil.app.example.com")]
    [InlineData("https://example.com")]
    [InlineData("http://app.example.com")]
    [InlineData("https://app.example.com:8443")]
    [InlineData("https://app.example.com:443")]
    [InlineData("https://app.example.com.")]
    [InlineData("https://app.example.com/")]
    [InlineData("HTTPS://APP.EXAMPLE.COM")]
    [InlineData("https://app.example.com, https://evil.example")]
    [InlineData("https://app.example.com@evil.example")]
    [InlineData("http://localhost:3001")]
    [InlineData("*")]
    [InlineData("capacitor://localhost:1")]
    [InlineData("Capacitor://localhost")]
    [InlineData("ionic://localhost")]
    public async Task CC_04_An_origin_that_is_not_listed_may_read_nothing(string origin)
    {
        Answer[] answers =
        [
            await client.GetAsync("/api/auth/me/", ("Origin", origin)),
            await client.GetAsync("/api/nowhere/", ("Origin", origin)),
            await client.PostAsync("/api/auth/logout/", null, ("Origin", origin)),
            await PreflightAsync(origin),
        ];
        Assert.All(answers, answer => Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)));
        Assert.All(answers, answer => Assert.Contains("Origin", answer.Vary));
        Assert.Equal("csrf_failed", answers[2]["code"]);
    }

    [Theory]
    [InlineData(App)]
    [InlineData(Other)]
    [InlineData(InApp)]
    public async Task CC_04_A_listed_origin_reads_every_answer_errors_too(string origin)
    {
        await using var broken = await TestServer.StartAsync(postgres, Settings);
        await broken.Database.ExecuteAsync("ALTER TABLE users RENAME TO lost");
        using var client = broken.Client();
        var login = new { email = "ada@example.test", password = Some.Password };
        Answer[] answers =
        [
            await client.PostAsync("/api/auth/logout/", null, ("Origin", origin)),
            await client.PostAsync("/api/auth/register/", new { }, ("Origin", origin)),
            await client.GetAsync("/api/auth/me/", ("Origin", origin)),
            await client.GetAsync("/api/nowhere/", ("Origin", origin)),
            await client.GetAsync("/api/auth/login/", ("Origin", origin)),
            await client.PostAsync("/api/auth/register/", new { username = Some.Username(), email = Some.Email(), password = Some.Password }, ("Origin", origin)),
            await client.PostAsync("/api/auth/verify-email/resend/", new { email = "ada@example.test" }, ("Origin", origin)),
            await client.PostAsync("/api/auth/login/", login, ("Origin", origin)),
            await client.PostAsync("/api/auth/login/", login, ("Origin", origin)),
        ];
        Assert.Equal([200, 400, 401, 404, 405, 503, 200, 500, 429], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => AssertReadable(answer, origin));
        Assert.Equal(["Retry-After", "ETag", "WWW-Authenticate", "X-Trace-Id"], answers[^1].Header("Access-Control-Expose-Headers")!.Split(',', StringSplitOptions.TrimEntries));
    }

    private static void AssertReadable(Answer answer, string origin)
    {
        Assert.Equal(origin, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", answer.Header("Access-Control-Allow-Credentials"));
        Assert.Contains("Origin", answer.Vary);
    }

    [Fact]
    public async Task CC_04_A_preflight_of_a_listed_origin_names_the_headers_and_how_long_it_holds()
    {
        var answer = await PreflightAsync(App);
        Assert.Equal(204, answer.Status);
        AssertReadable(answer, App);
        Assert.Equal("600", answer.Header("Access-Control-Max-Age"));
        Assert.Equal(
            [
                "accept", "authorization", "baggage", "cache-control", "content-type", "if-match", "sentry-trace", "traceparent", "tracestate",
                "x-csrftoken", "x-origin", "x-requested-with", "x-token-transport", "x-xsrf-token", "x-client-version",
            ],
            answer.Header("Access-Control-Allow-Headers")!.Split(',', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("*"), InlineData("x client"), InlineData("x-client:")]
    public async Task CC_04_A_header_that_has_no_name_stops_the_start(string header)
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", ("environment", "Production"), ("Accounts:AllowedHeaders", header)));
        Assert.StartsWith($"Accounts__AllowedHeaders lists \"{header}\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CC_04_A_refused_origin_is_told_in_the_log_once_a_minute_with_the_setting_to_change()
    {
        await using var process = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), Settings);
        using var client = process.Client();
        foreach (var origin in new[] { "null", "https://evil.example/x", $"https://{new string('a', 300)}.example", "https://new.example.com", "https://other.example.com" })
        {
            await client.PostAsync("/api/auth/logout/", null, ("Origin", origin));
        }
        await client.PostAsync("/api/auth/logout/", null, ("Origin", App));
        await Until.TrueAsync(() => Task.FromResult(process.Output.Contains("called and was refused", StringComparison.Ordinal)), "the refused origin is in the log");
        var line = Assert.Single(process.Output.Split('\n'), line => line.Contains("called and was refused", StringComparison.Ordinal));
        Assert.Contains("A page of https://new.example.com called and was refused. If it is a front end of yours, add it to Accounts__AllowedOrigins.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CC_04_A_cache_is_told_that_answers_differ_by_origin_also_when_none_came_along()
    {
        Answer[] answers =
        [
            await client.GetAsync("/api/auth/me/"), await client.GetAsync("/API/auth/me"), await client.GetAsync("/api/nowhere/"),
            await client.PostAsync("/api/auth/login/"), await client.GetAsync("/api/auth/verify-email/?token=x"),
        ];
        Assert.All(answers, answer => Assert.Contains("Origin", answer.Vary));
    }

    [Fact]
    public async Task CC_04_Keys_and_metadata_are_for_any_origin_and_without_credentials()
    {
        foreach (var path in new[] { "jwks.json", "openid-configuration", "oauth-authorization-server" })
        {
            var answer = await client.GetAsync($"/.well-known/{path}", ("Origin", "https://anybody.example"));
            Assert.Equal((200, "*"), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
            Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    public async Task CC_04_In_Development_any_port_of_localhost_may_call_the_api_but_not_read_the_mailbox()
    {
        await using var development = await TestServer.StartAsync(postgres);
        using var frontEnd = development.Client();
        foreach (var origin in new[] { "http://localhost:5173", "http://127.0.0.1:5173", "http://[::1]:5173" })
        {
            AssertReadable(await frontEnd.GetAsync("/api/auth/me/", ("Origin", origin)), origin);
        }
        foreach (var origin in new[] { "http://127.1:5173", "http://127.0.0.2:5173", "http://u@localhost:5173", "https://localhost:5173", "http://localhost.evil.example", "http://localhost:5173/", "null" })
        {
            Assert.Null((await frontEnd.GetAsync("/api/auth/me/", ("Origin", origin))).Header("Access-Control-Allow-Origin"));
        }
        Assert.Null((await frontEnd.GetAsync("/dev/mailbox.json", ("Origin", "http://localhost:5173"))).Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("capacitor://localhost"), InlineData("tauri://localhost"), InlineData("app://."), InlineData("com.example.app://localhost:8100")]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmnop"), InlineData("safari-web-extension://0A1B2C3D-0000-4000-8000-0123456789AB")]
    public async Task CC_04_The_scheme_of_an_app_makes_an_origin(string origin)
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"), ("Accounts:AllowedOrigins", origin));
        using var app = server.Client();
        AssertReadable(await app.PostAsync("/api/auth/logout/", null, ("Origin", origin), ("Sec-Fetch-Site", "cross-site")), origin);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("capacitor://")]
    [InlineData("capacitor://*")]
    [InlineData("capacitor://localhost/")]
    [InlineData("Capacitor://localhost")]
    [InlineData("file://localhost")]
    [InlineData("javascript://localhost")]
    [InlineData("https://*.example.com")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/path")]
    [InlineData("https://app.example.com:443")]
    [InlineData("https://App.example.com")]
    [InlineData("https://bücher.example")]
    [InlineData("app.example.com")]
    [InlineData("null")]
    [InlineData("file:///app")]
    [InlineData("https://user@app.example.com")]
    public async Task CC_04_An_entry_that_no_browser_would_send_stops_the_start(string origin)
    {
        await using var stopped = Program.Build(
            ["--environment=Production", "--ConnectionStrings:Accounts=Host=nowhere", $"--Accounts:SecretKey={TestSettings.SecretKey}", $"--Accounts:AllowedOrigins={App},{origin}"]);
        var failure = await Assert.ThrowsAsync<StartupException>(() => stopped.PrepareAsync());
        Assert.Contains($"Accounts__AllowedOrigins lists \"{origin}\"", failure.Message, StringComparison.Ordinal);
    }

    private Task<Answer> PreflightAsync(string origin) => client.SendAsync(
        HttpMethod.Options, "/api/auth/login/", null, ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type"));
}
