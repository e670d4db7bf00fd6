using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Somebody who is signed in visits an evil page, in a real browser; the server runs as Production.</summary>
[Trait("Pace", "long")]
public sealed class EvilSiteTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private static readonly string[] Acts = ["login", "register", "token/refresh", "logout"];

    private TestServer server = null!;
    private EvilSite evil = null!;
    private BrowserTab tab = null!;
    private Person attacker = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        evil = await EvilSite.StartAsync();
        tab = await browser.OpenAsync();
        using var client = server.Client();
        attacker = Some.Person();
        await client.RegisterAsync(attacker);
        await SignInVictimAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await evil.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public Task CC_05_Forms_of_another_site_are_refused() => AssertFormsRefusedAsync(evil.OtherSite, "cross-site");

    [Fact]
    public Task CC_05_Forms_of_another_name_are_refused() => AssertFormsRefusedAsync(evil.OtherName, "cross-site");

    [Fact]
    public Task CC_05_Forms_of_a_sibling_whose_requests_carry_the_cookie_are_refused() => AssertFormsRefusedAsync(evil.Sibling, "same-site");

    [Fact]
    public Task CC_05_Forms_of_a_sandboxed_frame_are_refused() => AssertFormsRefusedAsync(evil.Sandboxed, "cross-site");

    [Fact]
    public Task CC_05_Scripts_of_another_site_change_nothing() => AssertScriptsRefusedAsync(evil.OtherSite);

    [Fact]
    public Task CC_05_Scripts_of_a_sibling_change_nothing() => AssertScriptsRefusedAsync(evil.Sibling);

    [Fact]
    public Task CC_05_Scripts_of_a_sandboxed_frame_change_nothing() => AssertScriptsRefusedAsync(evil.Sandboxed);

    [Fact]
    public async Task CC_05_The_same_form_works_where_its_origin_is_listed_so_that_these_tests_could_fail()
    {
        await using var trusting = await TestServer.StartAsync(
            postgres, ("environment", "Production"), ("Accounts:AllowedOrigins", evil.Sibling.TrimEnd('/')));
        using var client = trusting.Client();
        await client.RegisterAsync(attacker);
        var (status, _) = await SubmitAsync(evil.Sibling, $"{trusting.Address}api/auth/login/", "application/x-www-form-urlencoded", Fields("login"));
        Assert.Equal(200, status);
        Assert.Equal(1, await trusting.Database.CountAsync("sessions"));
    }

    private async Task AssertFormsRefusedAsync(string page, string site)
    {
        var before = await CookiesAsync();
        foreach (var act in Acts)
        {
            foreach (var encoding in new[] { "application/x-www-form-urlencoded", "text/plain", "multipart/form-data" })
            {
                var fields = encoding == "text/plain" ? JsonAsText(act) : Fields(act);
                Assert.Equal((403, site), await SubmitAsync(page, $"{server.Address}api/auth/{act}/", encoding, fields));
            }
        }
        await AssertUntouchedAsync(before);
    }

    private async Task AssertScriptsRefusedAsync(string page)
    {
        var before = await CookiesAsync();
        await tab.Page.GotoAsync(page);
        foreach (var act in Acts)
        {
            foreach (var (mode, type) in new[] { ("no-cors", "text/plain"), ("no-cors", ""), ("cors", "text/plain"), ("cors", "application/json") })
            {
                var outcome = await Innermost(tab.Page).EvaluateAsync<string>(
                    "([address, mode, type, body]) => send(address, mode, type, body)", new[] { $"{server.Address}api/auth/{act}/", mode, type, Json(act) });
                Assert.NotEqual("read", outcome);
            }
        }
        await AssertUntouchedAsync(before);
    }

    /// <returns>the answer's status, and what the browser said of where the request came from</returns>
    private async Task<(int Status, string Site)> SubmitAsync(string page, string address, string encoding, Dictionary<string, string> fields)
    {
        var another = await tab.Page.Context.NewPageAsync();
        await another.GotoAsync(page);
        var answer = await another.RunAndWaitForResponseAsync(
            () => Innermost(another).EvaluateAsync("([address, encoding, fields]) => post(address, encoding, fields)", new object[] { address, encoding, fields }),
            response => response.Url == address && response.Request.Method == "POST");
        var site = (await answer.Request.AllHeadersAsync())["sec-fetch-site"];
        await another.CloseAsync();
        return (answer.Status, site);
    }

    /// <summary>The sandboxed frame where there is one.</summary>
    private static IFrame Innermost(IPage page) => page.Frames[^1];

    private Dictionary<string, string> Fields(string act) => act == "register"
        ? new() { ["username"] = Some.Username(), ["email"] = Some.Email(), ["password"] = Some.Password }
        : new() { ["email"] = attacker.Email, ["password"] = attacker.Password };

    private string Json(string act) => "{" + string.Join(',', Fields(act).Select(field => $"\"{field.Key}\":\"{field.Value}\"")) + "}";

    /// <summary>A form of this encoding writes <c>name=value</c>: the name holds all of the JSON but its last member, which swallows the sign.</summary>
    private Dictionary<string, string> JsonAsText(string act) => new() { [Json(act)[..^1] + ",\"x\":\""] = "\"}" };

    private async Task SignInVictimAsync()
    {
        var victim = Some.Person();
        await tab.OpenAsync($"{server.Address}verify-email");
        var status = await tab.Page.EvaluateAsync<int>("""
            async person => {
              const post = path => fetch('/api/auth/' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(person) });
              await post('register/');
              return (await post('login/')).status;
            }
            """, new { username = victim.Username, email = victim.Email, password = victim.Password });
        Assert.Equal(200, status);
        Assert.Contains(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "refresh_token");
    }

    private async Task<string[]> CookiesAsync() =>
        [.. (await tab.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal)];

    private async Task AssertUntouchedAsync(string[] cookies)
    {
        Assert.Equal(cookies, await CookiesAsync());
        Assert.Equal(2, await server.Database.CountAsync("users"));
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 0 AND ended_at IS NULL"));
    }
}
