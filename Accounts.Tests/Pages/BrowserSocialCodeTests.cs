using System.Collections.Concurrent;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that shows the code of a mailed link, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSocialCodeTests(SocialServer shared, Browser browser) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly string email = Some.Email();
    private ApiClient client = null!;
    private BrowserTab tab = null!;
    private string ticket = "", link = "";

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        tab = await browser.OpenAsync();
        ticket = await client.TicketAsync(shared.Provider, Identity.OfGoogle().Without("email"));
        link = await AskAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        client.Dispose();
    }

    private async Task<string> AskAsync(int mail)
    {
        Assert.Equal(200, (await client.CompleteAsync(ticket, email)).Status);
        return (await server.Mailbox.WaitAsync(email, mail)).Text.Split().Single(word => word.Contains("#token=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SG_11_It_shows_the_code_and_signs_nobody_in()
    {
        var sent = new ConcurrentQueue<IRequest>();
        tab.Page.Request += (_, request) => sent.Enqueue(request);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Your code");
        await Assertions.Expect(tab.Page.Locator("[data-fill=email]")).ToHaveTextAsync(email);
        await Assertions.Expect(tab.Page.Locator("[data-fill=name]")).ToHaveTextAsync("Google");
        Assert.Equal($"{server.Address}address", tab.Page.Url);
        Assert.Empty(await tab.Page.Context.CookiesAsync());
        Assert.Equal(0, await server.Database.UsersAsync(email));
        Assert.All(sent, request => Assert.DoesNotContain(link.Split('=')[1], request.Url.Split('#')[0], StringComparison.Ordinal));
        Assert.Equal(200, (await client.ConfirmAsync(ticket, await tab.Page.Locator("[data-fill=code]").InnerTextAsync())).Status);
        tab.IsContent();
    }

    [Fact]
    public async Task A_link_whose_place_another_has_taken_says_so()
    {
        var newer = await AskAsync(2);
        await tab.OpenAsync(link);
        await tab.SaysAsync("This link does not work any more");
        await tab.OpenAsync(newer);
        await tab.SaysAsync("Your code");
        tab.IsContent();
    }

    [Fact]
    public async Task Without_a_token_it_asks_for_the_link()
    {
        await tab.OpenAsync($"{server.Address}address");
        await tab.SaysAsync("Open the link in our mail");
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Your code");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
