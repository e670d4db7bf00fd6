using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>Somebody who is signed in visits a page of a sibling domain, whose requests carry the cookies, in a real browser; the server runs as Production.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSiblingTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private EvilSite evil = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("environment", "Production"), EveryLibrary.Enabled);
        evil = await EvilSite.StartAsync();
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await evil.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded"), InlineData("multipart/form-data"), InlineData("text/plain")]
    public async Task CC_05_Its_forms_are_refused_by_every_path_of_every_library_and_nothing_is_set(string encoding)
    {
        using var client = server.Client();
        var (victim, attacker) = (await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync());
        await SignInAsync(victim);
        var before = await CookiesAsync();
        foreach (var alias in Alias.All(server).Where(alias => alias.Method == "POST"))
        {
            Assert.Equal((403, "same-site"), await SubmitAsync($"{server.Address.ToString().TrimEnd('/')}{alias.Path}", encoding, Fields(attacker, encoding)));
        }
        Assert.Equal(before, await CookiesAsync());
        Assert.Equal((2, 1), (await server.Database.CountAsync("users"), await server.Database.CountAsync("sessions")));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NULL"));
    }

    /// <summary>A form of text writes <c>name=value</c>: the name holds all of the JSON but its last member, which swallows the sign.</summary>
    private static Dictionary<string, string> Fields(Person person, string encoding) => encoding == "text/plain"
        ? new() { [$$"""{"email":"{{person.Email}}","username":"{{person.Username}}","uid":"{{person.Username}}","password":"{{person.Password}}","x":" """.TrimEnd()] = "\"}" }
        : new() { ["email"] = person.Email, ["username"] = person.Username, ["uid"] = person.Username, ["password"] = person.Password };

    private async Task SignInAsync(Person person)
    {
        await tab.OpenAsync($"{server.Address}verify-email");
        Assert.Equal(200, await tab.Page.EvaluateAsync<int>(
            "async body => (await fetch('/auth/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status",
            new { username = person.Username, password = person.Password }));
        Assert.Contains(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == "accounts_session");
    }

    private async Task<(int Status, string Site)> SubmitAsync(string address, string encoding, Dictionary<string, string> fields)
    {
        await tab.Page.GotoAsync(evil.Sibling);
        var answer = await tab.Page.RunAndWaitForResponseAsync(
            () => tab.Page.EvaluateAsync("([address, encoding, fields]) => post(address, encoding, fields)", new object[] { address, encoding, fields }),
            response => response.Url == address && response.Request.Method == "POST");
        // The browser is on its way there, and the next visit would cross it.
        await tab.Page.WaitForURLAsync(address);
        return (answer.Status, (await answer.Request.AllHeadersAsync())["sec-fetch-site"]);
    }

    private async Task<string[]> CookiesAsync() =>
        [.. (await tab.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal)];
}
