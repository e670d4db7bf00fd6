using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The page for who comes back from a provider too late or in another browser, as people see it.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserCallbackTests(SocialServer shared, Browser browser) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync() => tab = await browser.OpenAsync();

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task A_callback_in_another_browser_says_what_to_do_and_links_to_the_front_end(int width)
    {
        using var other = shared.Server.Client();
        var address = await other.LeaveAsync(shared.Provider, Identity.OfGoogle());
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.OpenAsync(new Uri(shared.Server.Address, address).ToString());
        await tab.SaysAsync("Please sign in again");
        var link = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go back and sign in" });
        Assert.Equal($"{shared.Server.Address}", await link.GetAttributeAsync("href"));
        Assert.InRange((await link.BoundingBoxAsync())!.Height, 44, 60);
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await tab.PressAsync("Tab");
        Assert.True(await link.EvaluateAsync<bool>("link => link === document.activeElement"));
        tab.IsContent();
    }
}
