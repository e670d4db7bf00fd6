using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The evening of the switch: a front end gets another address to call, and whoever is signed in at the old project stays so.</summary>
[Trait("Pace", "long")]
public sealed class SwitchTests(Postgres postgres, Browser browser)
{
    private const int Tabs = 10;

    [Fact]
    public async Task SG_21_At_the_switch_from_Django_ten_tabs_at_once_stay_signed_in_by_one_session()
    {
        await using var old = await OldProject.DjangoAsync(postgres);
        await using var server = await TestServer.StartAsync(postgres, OldTokens("jwt-refresh", "/api/auth/"));
        await old.RunAsync("manage.py", "dumpdata", "auth.group", "accounts", "account", "socialaccount", "social_django", "-o", "dump.json");
        await server.CommandAsync("import", "django", Path.Combine(old.Folder, "dump.json"));
        await SwitchAsync(old, server, "hash.md5");
        await InBodiesAsync(old, server, "hash.sha1");
    }

    [Fact]
    public async Task SG_21_At_the_switch_from_Flask_ten_tabs_at_once_stay_signed_in_by_one_session()
    {
        await using var old = await OldProject.FlaskAsync();
        await using var server = await TestServer.StartAsync(postgres, [.. OldTokens("refresh_token_cookie", "/"), ("Accounts:OldTokens:UserIdClaim", "sub"), ("Accounts:OldTokens:TypeClaim", "type")]);
        await old.PasteAsync(PrintedCommands.Of("coming-from-flask.md", "The afternoon"), server);
        await SwitchAsync(old, server, "pbkdf2.sha1");
        await InBodiesAsync(old, server, "pbkdf2.sha256");
    }

    private static (string, string)[] OldTokens(string cookie, string path) =>
    [
        ("Accounts:OldTokens:Cookie", cookie), ("Accounts:OldTokens:CookiePath", path), ("Accounts:OldTokens:Algorithm", "HS256"), ("Accounts:OldTokens:Key", OldProject.Key),
        ("Accounts:OldTokens:Until", $"{DateTimeOffset.UtcNow.AddDays(20):O}"),
    ];

    /// <summary>The page is the same, and calls another address.</summary>
    private async Task SwitchAsync(OldProject old, TestServer server, string username)
    {
        await using var before = await FrontEnd.StartAsync(await old.ServeAsync());
        await using var after = await FrontEnd.StartAsync(server.Address);
        await using var tab = await browser.OpenAsync();
        await tab.OpenAsync(before.Address);
        Assert.Equal(200, await tab.Page.EvaluateAsync<int>("person => app.signIn(person).then(answer => answer.status)", new { username, password = old.Password }));
        await tab.OpenAsync(before.Address);
        Assert.Equal(username, await WhoAsync(tab));

        var tabs = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => tab.OpenAnotherAsync()));
        await Task.WhenAll(tabs.Select(one => one.OpenAsync(after.Address)));
        Assert.All(await Task.WhenAll(tabs.Select(WhoAsync)), who => Assert.Equal(username, who));
        Assert.Equal(1, await SessionsAsync(old, server, username));
        Assert.DoesNotContain(await tab.Page.Context.CookiesAsync(), cookie => cookie.Value.StartsWith("ey", StringComparison.Ordinal));

        // From here on it is a session like any other.
        await tabs[0].OpenAsync(after.Address);
        Assert.Equal(username, await WhoAsync(tabs[0]));
        Assert.Equal(200, await tabs[1].Page.EvaluateAsync<int>("() => app.signOut().then(answer => answer.status)"));
        await tabs[0].OpenAsync(after.Address);
        Assert.Equal(401, await tabs[0].Page.EvaluateAsync<int>("() => app.restored.then(answer => answer.status)"));
    }

    private static async Task<string> WhoAsync(BrowserTab tab) =>
        await tab.Page.EvaluateAsync<string>("() => app.restored.then(restored => app.me()).then(me => me.body.username ?? JSON.stringify(me))");

    /// <summary>An app keeps the token by itself, and ten requests of it come at once.</summary>
    private static async Task InBodiesAsync(OldProject old, TestServer server, string username)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(async _ =>
        {
            using var client = server.Client();
            return await client.PostAsync("/api/auth/token/refresh/", new { refresh = old.TokenOf(username) });
        }));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.All(answers, answer => Assert.NotNull(answer["refresh"]));
        Assert.Equal(1, await SessionsAsync(old, server, username));
    }

    private static Task<long> SessionsAsync(OldProject old, TestServer server, string username) =>
        server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.legacy_id = @key AND s.end_reason IS NULL", ("key", old.KeyOf(username)));
}
