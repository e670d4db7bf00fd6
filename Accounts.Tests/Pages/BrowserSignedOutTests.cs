using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that says why somebody is signed out, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSignedOutTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync() => tab = await browser.OpenAsync();

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    private Task OpenAsync(string fragment = "") => tab.OpenAsync($"{server.Address}signed-out{fragment}");

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_is_explained_and_the_way_back_shown()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.ArriveAsync(server);
        await tab.SaysAsync("You are signed in");
        await Assertions.Expect(tab.Page.Locator("#here")).ToContainTextAsync(person.Username);
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.PostAsync("/api/auth/logout/all/")).Status);
        await OpenAsync();
        await tab.SaysAsync("You are signed out");
        await Assertions.Expect(tab.Page.Locator("#out")).ToContainTextAsync("You signed out everywhere.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await tab.SaysAsync("Sign in");
        tab.IsContent();
    }

    [Theory]
    [InlineData("", "Sign in again to go on.", false)]
    [InlineData("#reason=logout", "Nobody uses your account in this browser any more.", false)]
    [InlineData("#reason=reused", "Somebody else may have used your sign-in", true)]
    [InlineData("#reason=toString", "Sign in again to go on.", false)]
    public async Task The_page_that_led_here_may_say_why_and_what_is_alarming_asks_for_a_new_password(string fragment, string text, bool alarming)
    {
        await OpenAsync(fragment);
        await tab.SaysAsync("You are signed out");
        await Assertions.Expect(tab.Page.Locator("#out")).ToContainTextAsync(text);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Choose a new password" })).ToHaveCountAsync(alarming ? 1 : 0);
        Assert.Equal($"{server.Address}signed-out", tab.Page.Url);
        tab.IsContent();
    }
}
