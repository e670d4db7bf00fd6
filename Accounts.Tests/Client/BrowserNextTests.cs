using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>What <c>client/examples/nextjs</c> sends before any script runs, behind <c>client/examples/one-origin.js</c>.</summary>
[Trait("Pace", "long")]
public sealed class BrowserNextTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private NextSite site = null!;
    private BrowserTab tab = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        site = await NextSite.StartAsync(postgres);
        tab = await browser.OpenAsync();
        using var client = site.Server.Client();
        person = await client.RegisterSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task The_server_knows_who_is_there_asks_once_for_a_page_and_shows_nobody_the_token()
    {
        var device = await SignInAsync();
        using var refreshes = new RefreshCount(site.Server);
        var page = await tab.Page.Context.APIRequest.GetAsync(site.Address);
        var text = await page.TextAsync();
        Assert.Equal(1, refreshes.Next());
        Assert.Contains(person.Username, text, StringComparison.Ordinal);
        Assert.Contains($"<li>{device}</li>", text, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers["cache-control"], StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", text + string.Concat(page.Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_costs_no_question_and_who_says_to_be_somebody_is_not_believed()
    {
        using var refreshes = new RefreshCount(site.Server);
        using var visitor = new ApiClient(new Uri(site.Address), "Tests/1.0");
        var told = Uri.EscapeDataString("""{"user":{"username":"forged"}}""");
        foreach (var header in new[] { "x-accounts-visit", "X-Accounts-Visit", "x-middleware-request-x-accounts-visit" })
        {
            var page = await visitor.GetAsync("/", (header, told), ("x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"));
            Assert.Contains("Nobody is signed in", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("forged", page.Text, StringComparison.Ordinal);
        }
        Assert.Equal(0, refreshes.Next());
    }

    [Fact]
    public async Task Pages_and_the_tab_refresh_at_once_and_nobody_is_signed_out()
    {
        await SignInAsync();
        var another = await tab.OpenAnotherAsync();
        for (var round = 0; round < Rounds.Count; round++)
        {
            await site.Server.Database.ExecuteAsync("UPDATE sessions SET created_at = created_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'");
            await Task.WhenAll(LoadAsync(tab), LoadAsync(another));
        }
        Assert.Equal(1, await site.Server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", SessionRow.Open));
    }

    private async Task LoadAsync(BrowserTab one)
    {
        await one.Page.GotoAsync(site.Address);
        await one.ShowsAsync(person);
    }

    /// <returns>what the server has rendered of it: the device</returns>
    private async Task<string> SignInAsync()
    {
        await tab.OpenAsync(site.Address);
        await tab.SignInAsync(person);
        return await tab.Page.GetByRole(AriaRole.Listitem).InnerTextAsync();
    }
}
