using System.Text.Json;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>A front end on another port than the server's, in a real browser.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserFrontEndTests(Postgres postgres, Browser browser) : IAsyncLifetime
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
    public async Task A_front_end_registers_signs_in_and_asks_who_is_signed_in()
    {
        Assert.Equal((401, "missing"), await AskAsync("restored", "reason"));
        var person = await SignInAsync();
        Assert.Equal((200, person.Username), await AskAsync("me()", "username"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_reload_restores_the_session_by_a_refresh()
    {
        var person = await SignInAsync();
        await tab.Page.ReloadAsync();
        Assert.Equal(200, (await AskAsync("restored", "access")).Status);
        Assert.Equal((200, person.Username), await AskAsync("me()", "username"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NULL AND generation = 1"));
        tab.IsContent();
    }

    [Fact]
    public async Task Two_refreshes_at_once_both_succeed_and_the_session_lives_on()
    {
        var person = await SignInAsync();
        var both = await tab.Page.EvaluateAsync<JsonElement>("app.refreshTwice()");
        Assert.Equal([200, 200], both.EnumerateArray().Select(one => one.GetProperty("status").GetInt32()));
        Assert.Equal(200, (await AskAsync("refresh()", "access")).Status);
        Assert.Equal((200, person.Username), await AskAsync("me()", "username"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NULL AND generation = 1"));
        tab.IsContent();
    }

    [Fact]
    public async Task Several_tabs_of_one_browser_share_the_session()
    {
        var person = await SignInAsync();
        await using var other = await tab.OpenAnotherAsync();
        await other.OpenAsync(frontEnd.Address);
        Assert.Equal((200, person.Username), await AskAsync("restored.then(app.me)", "username", other));
        Assert.Equal(200, (await AskAsync("refresh()", "access")).Status);
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NULL"));
        other.IsContent();
    }

    [Fact]
    public async Task CC_03_No_script_can_read_the_refresh_token()
    {
        await SignInAsync();
        Assert.Equal(200, (await AskAsync("refresh()", "access")).Status);
        var token = await RefreshTokenAsync();
        var readable = await tab.Page.EvaluateAsync<string>("JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])");
        Assert.Equal("""["",{},{}]""", readable);
        Assert.DoesNotContain(token, await tab.Page.EvaluateAsync<string>("app.refresh().then(JSON.stringify)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_takes_the_cookie_away()
    {
        await SignInAsync();
        Assert.Equal((200, "Logged out"), await AskAsync("signOut()", "detail"));
        Assert.Equal((401, "revoked"), await AskAsync("me()", "reason"));
        await tab.Page.ReloadAsync();
        Assert.Equal((401, "missing"), await AskAsync("restored", "reason"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "end_reason = 'logout'"));
        tab.IsContent();
    }

    [Fact]
    public async Task CC_06_A_page_of_another_site_neither_signs_anybody_in_nor_refreshes()
    {
        var person = await SignInAsync();
        await tab.OpenAsync(frontEnd.StrangersAddress);
        Assert.Equal("TypeError", await tab.Page.EvaluateAsync<string>("app.restored.catch(error => error.name)"));
        Assert.Equal("TypeError", await tab.Page.EvaluateAsync<string>(
            "person => app.signIn(person).catch(error => error.name)", new { username = person.Username, password = person.Password }));
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NULL AND generation = 0"));
    }

    private async Task<Person> SignInAsync()
    {
        var person = Some.Person();
        await tab.Page.EvaluateAsync("app.restored");
        Assert.Equal((201, "Registered. Please verify email."), await AskAsync("register(person)", "message", person: person));
        Assert.Equal(200, (await AskAsync("signIn(person)", "access", person: person)).Status);
        return person;
    }

    /// <summary>What one of the front end's calls answered: the status and one member of the body.</summary>
    private async Task<(int Status, string? Member)> AskAsync(string call, string member, BrowserTab? at = null, Person? person = null)
    {
        var values = new { username = person?.Username, email = person?.Email, password = person?.Password };
        var answer = await (at ?? tab).Page.EvaluateAsync<JsonElement>($"person => app.{call}", values);
        var body = answer.GetProperty("body");
        return (answer.GetProperty("status").GetInt32(), body.TryGetProperty(member, out var value) ? value.GetString() : null);
    }

    private async Task<string> RefreshTokenAsync()
    {
        var cookie = Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "refresh_token");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        return cookie.Value;
    }
}
