using System.Text.RegularExpressions;
using Accounts.Tests.Admin;
using Accounts.Tests.Client;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>A front end with its own sign-in and our pages for the rest, as <c>docs/front-end.md</c> has it.</summary>
[Trait("Pace", "long")]
public sealed partial class BrowserOwnSignInTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private ApiClient client = null!;
    private TestServer first = null!, server = null!;
    private ClientApp app = null!;
    private BrowserTab tab = null!;

    /// <summary>The page has to know the server, and the server the page.</summary>
    public async ValueTask InitializeAsync()
    {
        first = await TestServer.StartAsync(postgres);
        client = first.Client();
        var port = TestSettings.FreePort();
        app = await ClientApp.StartAsync(Example().Match(Repository.Read("docs/front-end.md")).Value.Replace("http://localhost:8000", $"http://localhost:{port}", StringComparison.Ordinal));
        server = await TestServer.StartOnAsync(
            first.Database.ConnectionString, ("urls", $"http://localhost:{port}"), ("Accounts:PublicUrl", $"http://localhost:{port}"), ("Accounts:FrontendUrl", app.Address.TrimEnd('/')), ("Accounts:Brand:Name", "My shop"));
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        client.Dispose();
        await app.DisposeAsync();
        await server.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_signed_in_there_is_signed_in_here_finds_the_way_back_and_may_leave_for_both()
    {
        var person = await first.SignInAdministratorAsync(client);
        await SignInAsync(person);
        foreach (var (link, path) in new[] { ("Your account", "account"), ("Administration", "admin") })
        {
            await FollowAsync(link);
            Assert.Contains($"/{path}", tab.Page.Url, StringComparison.Ordinal);
            await FollowAsync("Back to My shop");
            await tab.ShowsStatusAsync($"Signed in as {person.Username}");
        }
        await FollowAsync("Administration");
        await tab.SaysAsync("Overview");
        await tab.ClickAsync("Sign out");
        await tab.Page.WaitForURLAsync("**/signed-out");
        await tab.OpenAsync(app.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
        tab.IsContent();
    }

    private async Task SignInAsync(Person person)
    {
        await tab.OpenAsync(app.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
        await tab.FillAsync("Name", person.Username);
        await tab.FillAsync("Password", person.Password);
        await tab.ClickAsync("Sign in");
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
    }

    private Task FollowAsync(string link) => tab.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    [Fact]
    public async Task Who_does_not_administer_is_not_led_there()
    {
        await SignInAsync(await first.VerifiedAsync(client));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToBeHiddenAsync();
        tab.IsContent();
    }

    [GeneratedRegex("<!doctype html>\n<title>My shop</title>.*?(?=```)", RegexOptions.Singleline)]
    private static partial Regex Example();
}
