using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>Neither an outage, nor a throttle, nor a wrong clock is a sign-out.</summary>
[Trait("Pace", "long")]
public sealed class BrowserClientOutageTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Refresh = "**/api/auth/token/refresh/";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private TestServer server = null!;
    private ClientApp app = null!;
    private RefreshCount refreshes = null!;
    private BrowserTab tab = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(server.Address);
        refreshes = new RefreshCount(server);
        tab = await browser.OpenAsync();
        using var client = server.Client();
        person = await client.RegisterSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        refreshes.Dispose();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_gone_for_a_while_signs_nobody_out()
    {
        await SignInAsync();
        var (address, database) = (server.Address, server.Database.ConnectionString);
        await server.DisposeAsync();
        Assert.Equal("unavailable", await tab.MeAsync());
        await tab.MoveClockAsync(Hour);
        Assert.Equal("unavailable", (await tab.RunAsync("accounts.getAccessToken()")).Text("error"));
        Assert.Equal(person.Username, await tab.UserAsync());
        server = await TestServer.StartOnAsync(database, ("urls", $"http://127.0.0.1:{address.Port}"), ("Accounts:PublicUrl", $"http://localhost:{address.Port}"));
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal($"""[null,"{person.Username}"]""", (await tab.RunAsync("heard")).GetRawText());
    }

    [Fact]
    public async Task A_machine_without_a_network_signs_nobody_out_and_goes_on_by_itself()
    {
        await SignInAsync();
        await tab.MoveClockAsync(Hour);
        await tab.Page.Context.SetOfflineAsync(true);
        Assert.Equal("unavailable", await tab.MeAsync());
        await tab.Page.Context.SetOfflineAsync(false);
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Theory]
    [InlineData(503, "application/json", """{"detail": "Service temporarily unavailable, try again later.", "code": "unavailable"}""", "unavailable")]
    [InlineData(429, "application/json", """{"detail": "Request was throttled.", "code": "throttled", "retry_after": 42}""", "throttled")]
    [InlineData(502, "text/html", "<h1>Bad gateway</h1>", "unavailable")]
    [InlineData(200, "text/html", "<h1>Welcome to our hotel</h1>", "unavailable")]
    [InlineData(401, "text/html", "<h1>Who are you?</h1>", "unavailable")]
    [InlineData(404, "application/json", """{"message": "no such route"}""", "invalid")]
    public async Task An_answer_that_does_not_refuse_the_token_signs_nobody_out(int status, string type, string body, string code)
    {
        await SignInAsync();
        await tab.MoveClockAsync(Hour);
        await tab.Page.RouteAsync(Refresh, route => route.FulfillAsync(new() { Status = status, ContentType = type, Body = body, Headers = Allowing(app.Address) }));
        Assert.Equal(code, await tab.MeAsync());
        Assert.Equal(person.Username, await tab.UserAsync());
        await tab.Page.UnrouteAsync(Refresh);
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Fact]
    public async Task While_the_token_is_still_good_a_refresh_that_fails_holds_nothing_up()
    {
        await SignInAsync();
        await tab.MoveClockAsync(TimeSpan.FromSeconds(585));
        await tab.Page.RouteAsync(Refresh, route => route.AbortAsync());
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Theory]
    [InlineData(1), InlineData(-1)]
    public async Task A_clock_that_is_an_hour_wrong_changes_nothing(int hours)
    {
        await tab.Page.AddInitScriptAsync($"{{ const now = Date.now; Date.now = () => now() + {hours} * 3600e3; }}");
        await SignInAsync();
        refreshes.Next();
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(0, refreshes.Next());
        await tab.Page.EvaluateAsync("() => { const now = performance.now.bind(performance); performance.now = () => now() + 600e3; }");
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(1, refreshes.Next());
    }

    [Fact]
    public async Task A_clock_that_is_set_while_the_page_is_open_costs_a_refresh_at_most()
    {
        await SignInAsync();
        refreshes.Next();
        foreach (var (hours, expected) in new[] { (1, 1), (-2, 0), (3, 1) })
        {
            await tab.MoveClockAsync(hours * Hour);
            await tab.MeAsync();
            Assert.Equal(person.Username, await tab.MeAsync());
            Assert.Equal(expected, refreshes.Next());
        }
    }

    [Fact]
    public async Task A_token_that_the_server_takes_no_more_is_renewed_once_and_the_request_repeated()
    {
        await SignInAsync();
        refreshes.Next();
        await tab.Page.RouteAsync("**/api/auth/me/", route => RefuseAsync(route), new() { Times = 1 });
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(1, refreshes.Next());
    }

    private Task RefuseAsync(IRoute route) => route.FulfillAsync(new()
    {
        Status = 401, ContentType = "application/json", Headers = Allowing(app.Address),
        Body = """{"detail": "Given token not valid for any token type", "code": "token_not_valid", "reason": "expired"}""",
    });

    private static Dictionary<string, string> Allowing(string address) => new()
    {
        ["Access-Control-Allow-Origin"] = address.TrimEnd('/'), ["Access-Control-Allow-Credentials"] = "true",
    };

    private async Task SignInAsync()
    {
        await tab.OpenAppAsync(app);
        Assert.Equal(person.Username, (await tab.LoginAsync(person)).GetProperty("user").Text("username"));
    }
}
