using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>The headers of every route, whatever it answers.</summary>
public sealed class SecurityHeadersTests(Postgres postgres)
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"];

    [Theory]
    [InlineData("https://accounts.example.com", "true", "max-age=31536000; includeSubDomains")]
    [InlineData("https://accounts.example.com", "false", "max-age=31536000")]
    [InlineData("http://localhost:8000", "true", null)]
    public async Task CC_08_Every_route_answers_every_method_with_the_security_headers(string publicUrl, string subDomains, string? transport)
    {
        await using var server = await TestServer.StartAsync(
            postgres, ("environment", "Production"), ("Accounts:PublicUrl", publicUrl), ("Accounts:TrustedProxies", "192.0.2.1"), ("Accounts:Hsts:IncludeSubDomains", subDomains));
        using var client = server.Client();
        foreach (var path in server.Paths())
        {
            foreach (var method in Methods)
            {
                var answer = await client.SendAsync(new HttpMethod(method), path, null);
                AssertHeaders($"{method} {path}", answer, transport);
            }
        }
    }

    [Fact]
    public async Task CC_08_Errors_of_every_kind_carry_them_too()
    {
        await using var server = await TestServer.StartAsync(
            postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "1"), ("Accounts:Throttling:HashQueueLength", "1"));
        using var client = server.Client();
        await server.Database.ExecuteAsync("ALTER TABLE users RENAME TO lost");
        Answer[] answers =
        [
            await client.SendAsync(HttpMethod.Post, "/api/auth/register/", new StringContent("{", Encoding.UTF8, "application/json")),
            await client.GetAsync("/api/auth/me/"),
            await client.PostAsync("/api/auth/logout/", null, ("Sec-Fetch-Site", "cross-site")),
            await client.GetAsync("/api/auth/nowhere/"),
            await client.PostAsync("/api/auth/logout/", null, ("Accept", "application/xml")),
            await client.SendAsync(HttpMethod.Post, "/api/auth/register/", new StringContent(new string('a', 40_000), Encoding.UTF8, "application/json")),
            await client.SendAsync(HttpMethod.Post, "/api/auth/register/", new StringContent("<a/>", Encoding.UTF8, "application/xml")),
            await client.PostAsync("/api/auth/login/", new { email = "a@b.test", password = Some.Password }),
            await client.PostAsync("/api/auth/login/", new { email = "a@b.test", password = Some.Password }),
            await client.PostAsync("/api/auth/register/", new { username = Some.Username(), email = Some.Email(), password = Some.Password }),
            await client.GetAsync("/api/auth/me/", ("Host", "evil.example")),
        ];
        Assert.Equal([400, 401, 403, 404, 406, 413, 415, 500, 429, 503, 400], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => AssertHeaders(answer.ToString(), answer, null));
    }

    [Fact]
    public async Task CC_08_Pages_may_run_their_own_script_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var page = await client.GetAsync("/verify-email", ("Accept", "text/html"));
        Assert.Equal((200, "text/html", "same-origin"), (page.Status, page.MediaType, page.Header("Referrer-Policy")));
        var policy = page.Header("Content-Security-Policy")!;
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CC_08_What_tells_of_a_person_is_kept_in_no_cache()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = Some.Person();
        var registered = await client.RegisterAsync(person);
        var token = await server.Mailbox.TokenAsync(person.Email);
        var check = await client.PostAsync("/api/auth/verify-email/check/", new { token });
        var login = await client.SignInAsync(person);
        Answer[] answers = [registered, check, login, await client.MeAsync(), await client.RefreshAsync(), await client.LogoutAsync(), await client.MeAsync()];
        Assert.Equal([201, 200, 200, 200, 200, 200, 401], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal("no-store", answer.Header("Cache-Control")));
    }

    private static void AssertHeaders(string what, Answer answer, string? transport)
    {
        Assert.True(answer.Header("X-Content-Type-Options") == "nosniff", what);
        Assert.True(answer.Header("X-Frame-Options") == "DENY", what);
        Assert.True(answer.Header("Strict-Transport-Security") == transport, what);
        Assert.True(answer.Header("X-Trace-Id") is { Length: > 8 }, what);
        Assert.True(answer.Header("Server") is null && answer.Header("X-Powered-By") is null, what);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        if (answer.MediaType != "text/html")
        {
            Assert.True(answer.Header("Content-Security-Policy") == ApiPolicy, what);
            Assert.True(answer.Header("Referrer-Policy") == "no-referrer", what);
        }
    }
}
