using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary><c>client/examples/react</c> with <c>client/react.js</c>, in React's StrictMode, which calls every effect twice.</summary>
[Trait("Pace", "long")]
public sealed class BrowserReactTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ClientApp app = null!;
    private RefreshCount refreshes = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        refreshes = new RefreshCount(server);
        app = await ClientApp.StartAsync(ReactPage.Html(server.Address));
        tab = await browser.OpenAsync();
        await tab.OpenAsync(app.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        refreshes.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_signs_up_by_mail_and_a_page_asks_once_and_knows_who_signs_in_and_out()
    {
        var person = Some.Person();
        await tab.SignUpAsync(server, person);
        await tab.SignInAsync(person);
        refreshes.Next();
        await tab.Page.ReloadAsync();
        await tab.ShowsAsync(person);
        Assert.Equal(1, refreshes.Next());
        await tab.SignOutAsync();
        tab.IsContent();
    }

    [Fact]
    public async Task A_provider_and_a_second_factor()
    {
        await tab.SignInByProviderAsync();
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        await tab.SignOutAsync();
        using var client = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        await tab.SignInWithFactorAsync(server, person, enrolled);
        tab.IsContent();
    }

    [Fact]
    public async Task While_the_server_gives_no_answer_nothing_is_known_and_one_may_try_again()
    {
        await tab.Page.RouteAsync("**/api/auth/session/", route => route.AbortAsync());
        await tab.Page.ReloadAsync();
        await tab.ShowsStatusAsync("The server cannot be reached. Please try again.");
        await tab.Page.UnrouteAsync("**/api/auth/session/");
        await tab.ClickAsync("Try again");
        await tab.ShowsStatusAsync("Nobody is signed in");
    }
}
