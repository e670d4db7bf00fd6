using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Cookies;

/// <summary>A front end on another site than the server's, in Chromium: what each setting of the cookie does to it.</summary>
[Trait("Pace", "long")]
public sealed class BrowserCookieTests(Postgres postgres, Browser browser)
{
    [Fact]
    public async Task CC_02_A_front_end_on_another_site_keeps_its_session_by_the_partitioned_cookie_and_no_third_site_shares_it()
    {
        await using var site = await FrontEndOf("https", "None", browser, postgres);
        await site.SignInAsync();
        Assert.Equal((200, null), await site.AskAsync("refresh()"));
        await site.Tab.Page.ReloadAsync();
        Assert.Equal((200, null), await site.AskAsync("restored"));
        Assert.Equal("__Host-refresh_token_partitioned", Assert.Single(await site.Tab.Page.Context.CookiesAsync(), cookie => cookie.Name.Contains("refresh", StringComparison.Ordinal)).Name);
        await site.Tab.OpenAsync(site.SameSiteAddress);
        Assert.Equal((401, "missing"), await site.AskAsync("restored"));
    }

    [Theory]
    [InlineData("Lax")]
    [InlineData("Strict")]
    public async Task CC_02_Otherwise_the_browser_keeps_the_cookie_from_another_site_and_gives_it_to_its_own(string sameSite)
    {
        await using var site = await FrontEndOf("http", sameSite, browser, postgres);
        Assert.Equal((200, null), await site.SignInAsync());
        Assert.Equal((401, "missing"), await site.AskAsync("refresh()"));
        await site.Tab.OpenAsync(site.SameSiteAddress);
        await site.SignInAsync();
        Assert.Equal((200, null), await site.AskAsync("refresh()"));
    }

    private static async Task<Site> FrontEndOf(string scheme, string sameSite, Browser browser, Postgres postgres)
    {
        var (serverPort, connection) = (TestSettings.FreePort(), await postgres.CreateDatabaseAsync());
        var frontEnd = await FrontEnd.StartAsync(new Uri($"http://localhost:{serverPort}/"));
        var server = await TestServer.StartOnAsync(
            connection, ("environment", "Production"), ("urls", $"http://127.0.0.1:{serverPort}"), ("Accounts:PublicUrl", $"{scheme}://localhost:{serverPort}"), ("Accounts:TrustedProxies", "192.0.2.1"),
            ("Accounts:AllowedOrigins", $"{frontEnd.Address.TrimEnd('/')},{frontEnd.AddressOfAnotherSite.TrimEnd('/')}"), ("Accounts:Sessions:CookieSameSite", sameSite));
        var site = new Site(server, frontEnd, await browser.OpenAsync());
        await site.Tab.OpenAsync(frontEnd.AddressOfAnotherSite);
        return site;
    }

    /// <summary>The server, the front end, and the tab that it is open in.</summary>
    private sealed record Site(TestServer Server, FrontEnd FrontEnd, BrowserTab Tab) : IAsyncDisposable
    {
        public string SameSiteAddress => FrontEnd.Address;

        public async Task<(int Status, string? Reason)> SignInAsync()
        {
            var person = Some.Person();
            var values = new { username = person.Username, email = person.Email, password = person.Password };
            await Tab.Page.EvaluateAsync("app.restored");
            await Tab.Page.EvaluateAsync("person => app.register(person)", values);
            return Read(await Tab.Page.EvaluateAsync<JsonElement>("person => app.signIn(person)", values));
        }

        public async Task<(int Status, string? Reason)> AskAsync(string call) => Read(await Tab.Page.EvaluateAsync<JsonElement>($"app.{call}"));

        private static (int, string?) Read(JsonElement answer) => (answer.GetProperty("status").GetInt32(),
            answer.GetProperty("body").TryGetProperty("reason", out var reason) ? reason.GetString() : null);

        public async ValueTask DisposeAsync()
        {
            await Tab.DisposeAsync();
            await FrontEnd.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
