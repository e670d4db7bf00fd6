using System.Collections.Concurrent;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that ends the session of a device that its user does not know, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserEndSessionTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, stranger = null!;
    private BrowserTab tab = null!;
    private string link = "";

    public async ValueTask InitializeAsync()
    {
        (owner, stranger) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        tab = await browser.OpenAsync();
        var person = await server.RegisterVerifiedAsync(owner);
        await owner.SignInAsync(person);
        await stranger.SignInAsync(person);
        link = (await server.Mailbox.WaitAsync(person.Email, 2)).Text.Split().Single(word => word.Contains("/end-session#token=", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        owner.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task Opening_it_shows_the_device_and_changes_nothing_and_the_button_ends_its_session_alone()
    {
        var sent = new ConcurrentQueue<IRequest>();
        tab.Page.Request += (_, request) => sent.Enqueue(request);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Was this you?");
        await Assertions.Expect(tab.Page.Locator("[data-fill=device]")).ToHaveTextAsync("Chrome on Windows");
        await Assertions.Expect(tab.Page.Locator("[data-fill=ip]")).ToHaveTextAsync("127.0.0.1");
        Assert.Equal($"{server.Address}end-session", tab.Page.Url);
        Assert.Equal(200, (await stranger.MeAsync()).Status);
        await tab.ClickAsync("No, end its session");
        await tab.SaysAsync("The session has ended");
        await stranger.AssertOutAsync();
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.All(sent, request => Assert.DoesNotContain(link.Split('=')[1], request.Url.Split('#')[0], StringComparison.Ordinal));
        tab.IsContent();
    }

    [Fact]
    public async Task A_link_that_was_followed_before_says_that_it_is_done()
    {
        await owner.DisownAsync(link.Split('=')[1]);
        await tab.OpenAsync(link);
        await tab.SaysAsync("The session has ended");
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_ends_it()
    {
        await tab.OpenAsync(link);
        await tab.SaysAsync("Was this you?");
        await tab.PressAsync("Tab", "Enter");
        await tab.SaysAsync("The session has ended");
        Assert.Equal("The session has ended", await tab.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await stranger.AssertOutAsync();
        tab.IsContent();
    }

    [Theory]
    [InlineData("end-session#token=garbage", "This link does not work any more")]
    [InlineData("end-session", "Open the link in our mail")]
    public async Task Without_a_good_token_it_says_what_to_do(string path, string heading)
    {
        await tab.OpenAsync($"{server.Address}{path}");
        await tab.SaysAsync(heading);
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Was this you?");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
