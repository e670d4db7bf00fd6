using Accounts.Tests.Development.Testing;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>What a test does to the server is seen by the app's page, in its browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserTestingTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ClientApp app = null!;
    private BrowserTab tab = null!;
    private ApiClient test = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(server.Address);
        tab = await browser.OpenAsync();
        test = server.Client();
        person = (await test.MakeUserAsync()).Person();
        await tab.OpenAppAsync(app);
        await tab.LoginAsync(person);
    }

    public async ValueTask DisposeAsync()
    {
        test.Dispose();
        await tab.DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task After_20_minutes_the_page_goes_on_and_after_15_days_it_is_signed_out_and_knows_why()
    {
        await test.AgeAsync(person, "20m");
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 1"));
        await test.AgeAsync(person, "15d");
        Assert.Equal("token_not_valid", await tab.MeAsync());
        Assert.Equal("expired", await LastHeardAsync());
    }

    [Fact]
    public async Task Once_a_thief_has_come_the_page_is_signed_out()
    {
        var cookie = Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "refresh_token");
        Assert.Equal(200, (await test.PostAsync(TestingSteps.Replay, new { refresh_token = cookie.Value })).Status);
        Assert.Equal("token_not_valid", await tab.MeAsync());
        Assert.Equal("revoked", await LastHeardAsync());
    }

    [Fact]
    public async Task A_provider_of_which_a_test_has_said_how_it_goes_sends_the_browser_straight_back()
    {
        await tab.RunAsync("accounts.logout()");
        await test.PostAsync(TestingSteps.Provider, new { next = "verified", first_name = "Vic", last_name = "Verified" });
        await tab.Page.EvaluateAsync("() => { window.ready = undefined; accounts.loginWith('fake'); }");
        Assert.Equal("vicverified", await tab.ReadyAsync());
    }

    /// <summary>Of the last change: who is there, or why nobody is any more.</summary>
    private Task<string?> LastHeardAsync() => tab.Page.EvaluateAsync<string?>("heard.at(-1)");
}
