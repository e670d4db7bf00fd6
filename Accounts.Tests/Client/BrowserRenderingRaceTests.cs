using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>A browser with one tab that the client refreshes in and one that a server renders for: both at once, with one cookie.</summary>
[Trait("Pace", "long")]
public sealed class BrowserRenderingRaceTests(Postgres postgres, Browser browser)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_server_that_renders_and_a_tab_refresh_at_once_and_nobody_is_signed_out()
    {
        await using var server = await TestServer.StartAsync(postgres);
        await using var app = await ClientApp.StartAsync(server.Address);
        await using var renderer = await RenderingServer.StartAsync(server.Address);
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await using var tab = await browser.OpenAsync();
        await tab.OpenAppAsync(app);
        await tab.LoginAsync(person);
        var rendered = await tab.OpenAnotherAsync();
        for (var round = 0; round < Rounds.Count; round++)
        {
            await server.Database.ExecuteAsync("UPDATE sessions SET created_at = created_at - @by, rotated_at = rotated_at - @by", ("by", Hour));
            await tab.MoveClockAsync(Hour);
            var found = await Task.WhenAll(Rounds.SoonAsync(tab.MeAsync), Rounds.SoonAsync(() => OpenAsync(rendered, renderer)));
            Assert.All(found, name => Assert.Equal(person.Username, name));
        }
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", SessionRow.Open));
        Assert.Equal(person.Username, await tab.OpenAppAsync(app));
    }

    /// <returns>whom the page greets, who is whom a service has found by the token</returns>
    private static async Task<string?> OpenAsync(BrowserTab tab, RenderingServer renderer)
    {
        await tab.Page.GotoAsync($"{renderer.Address}");
        var page = JsonDocument.Parse(await tab.Page.Locator("body").InnerTextAsync()).RootElement;
        return page.Text("me");
    }
}
