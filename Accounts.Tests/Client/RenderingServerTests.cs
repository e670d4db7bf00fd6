using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>A server that renders passes the browser's cookie on, and what is set back, and signs nobody out by it.</summary>
public sealed class RenderingServerTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private TestServer server = null!;
    private RenderingServer renderer = null!;
    private ApiClient browser = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        renderer = await RenderingServer.StartAsync(server.Address);
        browser = server.Client();
        person = await browser.SignInSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await renderer.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_asks_once_for_each_page_and_hands_the_cookie_back()
    {
        using var refreshes = new RefreshCount(server);
        var page = await renderer.OpenAsync($"theme=dark; refresh_token={browser.RefreshCookie}; other=1");
        Assert.Equal((person.Username, "no-store, private"), (page["me"], page.Header("Cache-Control")));
        Assert.Equal(1, refreshes.Next());
        await server.Session(browser.RefreshCookie!).AgeAsync(Hour);
        Assert.Equal(200, (await browser.RefreshAsync(page.RefreshCookie)).Status);
        Assert.DoesNotContain("eyJ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_costs_no_question_and_an_ended_session_has_its_reason()
    {
        using var refreshes = new RefreshCount(server);
        Assert.Equal("""{"user":null}""", (await renderer.OpenAsync("theme=dark")).Text);
        Assert.Equal(0, refreshes.Next());
        var cookie = browser.RefreshCookie;
        await browser.LogoutAsync();
        Assert.Equal("""{"user":null,"reason":"revoked"}""", (await renderer.OpenAsync($"refresh_token={cookie}")).Text);
    }

    [Fact]
    public async Task Another_part_of_it_believes_what_it_is_handed_and_nothing_that_a_browser_has_made_up()
    {
        var (cookies, told) = ($"refresh_token={browser.RefreshCookie}", Uri.EscapeDataString("""{"user":{"username":"forged"}}"""));
        foreach (var header in new[] { told, $"{new string('a', 64)}.{told}" })
        {
            Assert.Equal(person.Username, (await renderer.OpenAsync(cookies, "/handed-on", ("x-accounts-visit", header))).Json.GetProperty("user").GetProperty("username").GetString());
            Assert.Equal("{}", (await renderer.OpenAsync(cookies, "/left-out", ("x-accounts-visit", header))).Text);
        }
    }

    [Fact]
    public async Task Where_the_server_is_gone_the_page_comes_all_the_same_and_knows_nobody()
    {
        await server.StopAsync();
        var page = await renderer.OpenAsync($"refresh_token={browser.RefreshCookie}");
        Assert.Equal((200, "{}"), (page.Status, page.Text));
        Assert.Empty(page.SetCookies);
    }

    [Fact]
    public async Task It_races_the_tab_and_whichever_answer_comes_last_nobody_is_signed_out()
    {
        var session = server.Session(browser.RefreshCookie!);
        for (var round = 0; round < Rounds.Count; round++)
        {
            var cookie = browser.RefreshCookie!;
            Answer[] answers = [.. await Task.WhenAll(
                Rounds.SoonAsync(() => renderer.OpenAsync($"refresh_token={cookie}")), Rounds.SoonAsync(() => browser.RefreshAsync(cookie)))];
            Assert.All(answers, answer => Assert.Equal(200, answer.Status));
            Assert.True(answers[0]["me"] == person.Username, answers[0].Text);
            // The last to arrive wins, and one of them may be lost.
            browser.RefreshCookie = Random.Shared.Next(3) switch { 0 => answers[0].RefreshCookie ?? cookie, 1 => answers[1].RefreshCookie ?? cookie, _ => cookie };
            await session.AgeAsync(Hour);
        }
        Assert.Equal("alive", await session.EndAsync());
    }
}
