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
    private TestServer server = null!;
    private ClientApp app = null!;
    private ApiClient client = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        var port = TestSettings.FreePort();
        server = await TestServer.StartAsync(postgres, ("Accounts:FrontendUrl", $"http://localhost:{port}"), ("Accounts:Brand:Name", "My shop"));
        client = server.Client();
        tab = await browser.OpenAsync();
        var page = Example().Match(Repository.Read("docs/front-end.md")).Value.Replace("http://localhost:8000", $"{server.Address}".TrimEnd('/'), StringComparison.Ordinal);
        app = await ClientApp.StartAsync(page, port);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_signed_in_there_is_signed_in_here_finds_the_way_back_and_may_leave_for_both()
    {
        var person = await server.SignInAdministratorAsync(client);
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
        await SignInAsync(await server.VerifiedAsync(client));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToBeHiddenAsync();
        tab.IsContent();
    }

    [GeneratedRegex("<!doctype html>\n<title>My shop</title>.*?(?=```)", RegexOptions.Singleline)]
    private static partial Regex Example();
}
