using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What happens to refreshes in life, in a real browser: reloads, closed tabs, a rendering server beside the page.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSessionTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private FrontEnd frontEnd = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        frontEnd = await FrontEnd.StartAsync(server.Address);
        tab = await browser.OpenAsync();
        await tab.OpenAsync(frontEnd.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await frontEnd.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_loads_asks_once_and_a_visitor_gets_no_error()
    {
        Assert.Equal((200, null), await AskAsync(tab, "session"));
        var person = await SignInAsync();
        Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
        await tab.Page.ReloadAsync();
        Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
        tab.IsContent();
    }

    [Fact]
    public async Task SE_05_A_reload_in_the_middle_of_a_refresh_signs_nobody_out()
    {
        var person = await SignInAsync();
        var token = await CookieAsync();
        await WhileRefreshingAsync(token, async () => await tab.Page.ReloadAsync());
        Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
        await server.Session(token).AgeAsync(TimeSpan.FromHours(1));
        Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
        Assert.Equal("alive", await server.Session(token).EndAsync());
    }

    [Fact]
    public async Task SE_05_A_tab_is_closed_in_the_middle_of_a_refresh_and_another_opens_an_hour_later()
    {
        var person = await SignInAsync();
        var token = await CookieAsync();
        var another = await tab.OpenAnotherAsync();
        await WhileRefreshingAsync(token, () => tab.Page.CloseAsync());
        await Until.TrueAsync(async () => await server.Session(token).GenerationAsync() == 1, "the refresh of the closed tab is committed");
        await server.Session(token).AgeAsync(TimeSpan.FromHours(1));
        await another.OpenAsync(frontEnd.Address);
        Assert.Equal((200, person.Username), await AskAsync(another, "session"));
        Assert.Equal("alive", await server.Session(token).EndAsync());
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'session_reused'"));
    }

    [Fact]
    public async Task SE_05_A_rendering_server_refreshes_beside_the_tab_and_keeps_what_is_set_to_itself()
    {
        var person = await SignInAsync();
        var token = await CookieAsync();
        using var renderer = server.Client("node/24");
        for (var hour = 0; hour < 3; hour++)
        {
            Assert.Equal(200, (await renderer.RefreshAsync(await CookieAsync())).Status);
            Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
            await server.Session(token).AgeAsync(TimeSpan.FromHours(1));
            Assert.Equal((200, person.Username), await AskAsync(tab, "session"));
        }
        Assert.Equal("alive", await server.Session(token).EndAsync());
        tab.IsContent();
    }

    /// <summary>Lets the page refresh, and does something while the server waits for the session's row.</summary>
    private async Task WhileRefreshingAsync(string token, Func<Task> act)
    {
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("SELECT 1 FROM sessions WHERE id = @id FOR UPDATE", ("id", TokenText.SessionOf(token)));
        await tab.Page.EvaluateAsync("() => { app.refresh(); }");
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the refresh waits for the row");
        await act();
        await held.CommitAsync();
    }

    private async Task<Person> SignInAsync()
    {
        var person = Some.Person();
        await tab.Page.EvaluateAsync("app.restored");
        foreach (var call in new[] { "register", "signIn" })
        {
            await tab.Page.EvaluateAsync($"person => app.{call}(person)", new { username = person.Username, email = person.Email, password = person.Password });
        }
        return person;
    }

    /// <summary>The status, and who is signed in, after what the page asked by itself.</summary>
    private static async Task<(int Status, string? Username)> AskAsync(BrowserTab at, string call)
    {
        var answer = await at.Page.EvaluateAsync<JsonElement>($"app.restored.catch(() => {{}}).then(() => app.{call}())");
        var user = answer.GetProperty("body").GetProperty("user");
        return (answer.GetProperty("status").GetInt32(), user.ValueKind == JsonValueKind.Null ? null : user.GetProperty("username").GetString());
    }

    private async Task<string> CookieAsync() =>
        Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "refresh_token").Value;
}
