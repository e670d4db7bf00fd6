using System.Collections.Concurrent;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Who comes back from a provider too late, in another browser or once more, as people see it.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserCallbackTests(SocialServer shared, Postgres postgres, Browser browser) : IClassFixture<SocialServer>, IAsyncLifetime
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

    [Fact]
    public async Task XA_13_Under_Strict_a_callback_that_another_site_leads_to_once_more_leads_on_to_next()
    {
        await using var strict = await TestServer.StartAsync(postgres, ("Accounts:Sessions:CookieSameSite", "Strict"));
        await using var elsewhere = await EvilSite.StartAsync();
        var (next, callbacks) = ($"{strict.Address}address", new ConcurrentQueue<string>());
        tab.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/callback/", StringComparison.Ordinal))
            {
                callbacks.Enqueue(request.Url);
            }
        };
        await tab.OpenAsync($"{strict.Address}api/auth/social/fake/login/?next={Uri.EscapeDataString(next)}");
        await tab.Page.GetByText("Vera Verified").ClickAsync();
        await tab.Page.WaitForURLAsync(next);
        var callback = Assert.Single(callbacks);
        await tab.OpenAsync(elsewhere.OtherSite);
        await tab.Page.EvaluateAsync("address => { location = address; }", callback);
        await tab.Page.WaitForURLAsync($"{next}**");
        Assert.Equal(next, tab.Page.Url);
        Assert.Equal(3, callbacks.Count);
        Assert.EndsWith("&again=1", callbacks.Last(), StringComparison.Ordinal);
        Assert.Equal(1, await strict.Database.CountAsync("sessions"));
        await tab.Page.GoBackAsync();
        Assert.Equal(elsewhere.OtherSite, tab.Page.Url);
        tab.IsContent();
    }
}
