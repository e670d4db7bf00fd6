using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>Many tabs of one browser: one refreshes for all, and each learns what another does.</summary>
[Trait("Pace", "long")]
public sealed class BrowserClientTabsTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly List<BrowserTab> tabs = [];
    private TestServer server = null!;
    private ClientApp app = null!;
    private RefreshCount refreshes = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(server.Address);
        refreshes = new RefreshCount(server);
        using var client = server.Client();
        person = await client.RegisterSomebodyAsync();
        tabs.Add(await browser.OpenAsync());
        Assert.Null(await tabs[0].OpenAppAsync(app));
    }

    public async ValueTask DisposeAsync()
    {
        await tabs[0].DisposeAsync();
        refreshes.Dispose();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Ten_tabs_that_wake_with_an_expired_token_make_one_refresh()
    {
        await SignInWithAsync(10);
        await Task.WhenAll(tabs.Select(tab => tab.MoveClockAsync(Hour)));
        refreshes.Next();
        Assert.All(await Task.WhenAll(tabs.Select(tab => tab.MeAsync())), name => Assert.Equal(person.Username, name));
        Assert.Equal(1, refreshes.Next());
        Assert.Single((await Task.WhenAll(tabs.Select(tab => tab.RunAsync("accounts.getAccessToken()")))).Select(token => token.ToString()).Distinct());
        Assert.All(tabs, tab => tab.IsContent());
    }

    [Fact]
    public async Task Many_requests_of_one_tab_make_one_refresh()
    {
        await SignInWithAsync(1);
        await tabs[0].MoveClockAsync(Hour);
        refreshes.Next();
        await tabs[0].RunAsync("Promise.all([1, 2, 3, 4, 5].map(() => accounts.me()))");
        Assert.Equal(1, refreshes.Next());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_tab_that_dies_in_the_middle_of_a_refresh_leaves_the_others_signed_in(bool crashes)
    {
        await SignInWithAsync(3);
        var cookie = await CookieAsync();
        await server.Session(cookie).AgeAsync(Hour);
        await Task.WhenAll(tabs.Select(tab => tab.MoveClockAsync(Hour)));
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("SELECT 1 FROM sessions WHERE id = @id FOR UPDATE", ("id", TokenText.SessionOf(cookie)));
        await tabs[2].Page.EvaluateAsync("() => { accounts.me(); }");
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the refresh waits for the row");
        var others = Task.WhenAll(tabs[0].MeAsync(), tabs[1].MeAsync());
        await (crashes ? CrashAsync(tabs[2]) : tabs[2].Page.CloseAsync());
        await held.CommitAsync();
        Assert.All(await others, name => Assert.Equal(person.Username, name));
        Assert.Equal("alive", await server.Session(cookie).EndAsync());
    }

    [Fact]
    public async Task Who_signs_in_or_out_in_one_tab_does_so_in_all()
    {
        await AddTabsAsync(3);
        await tabs[1].LoginAsync(person);
        await Task.WhenAll(tabs.Select(tab => tab.BecomesAsync(person.Username)));
        Assert.Equal(person.Username, await tabs[2].MeAsync());
        await tabs[2].RunAsync("accounts.logout()");
        await Task.WhenAll(tabs.Select(tab => tab.BecomesAsync(null)));
        Assert.Equal($"""[null,"{person.Username}","logout"]""", (await tabs[0].RunAsync("heard")).GetRawText());
        Assert.Equal(1, await server.Database.CountAsync("sessions", "end_reason = 'logout'"));
        Assert.Null(await tabs[0].OpenAppAsync(app));
    }

    [Fact]
    public async Task Another_person_in_one_tab_is_another_person_in_all()
    {
        await SignInWithAsync(2);
        using var client = server.Client();
        var other = await client.RegisterSomebodyAsync();
        await tabs[1].LoginAsync(other);
        await tabs[0].BecomesAsync(other.Username);
        Assert.Equal(other.Username, await tabs[0].MeAsync());
    }

    [Fact]
    public async Task Who_is_signed_out_from_another_device_learns_it_at_the_next_request_and_why()
    {
        await SignInWithAsync(2);
        using var elsewhere = server.Client();
        await elsewhere.SignInAsync(person);
        await elsewhere.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{TokenText.SessionOf(await CookieAsync())}/", null);
        Assert.Equal("token_not_valid", await tabs[0].MeAsync());
        await Task.WhenAll(tabs.Select(tab => tab.BecomesAsync(null)));
        Assert.Equal("revoked", (await tabs[1].RunAsync("heard.at(-1)")).GetString());
        Assert.Equal("logout_elsewhere", (await tabs[1].RunAsync("accounts.whySignedOut()")).Text("reason"));
    }

    [Fact]
    public async Task A_new_name_is_known_in_all_tabs()
    {
        await SignInWithAsync(2);
        await tabs[0].RunAsync("accounts.updateProfile({ first_name: 'Ann' })");
        await Until.TrueAsync(async () => (await tabs[1].RunAsync("accounts.user")).Text("first_name") == "Ann", "the other tab knows the name");
    }

    private async Task SignInWithAsync(int count)
    {
        await tabs[0].LoginAsync(person);
        await AddTabsAsync(count);
        Assert.All(await Task.WhenAll(tabs.Select(tab => tab.UserAsync())), name => Assert.Equal(person.Username, name));
    }

    private async Task AddTabsAsync(int count)
    {
        while (tabs.Count < count)
        {
            var tab = await tabs[0].OpenAnotherAsync();
            await tab.OpenAppAsync(app);
            tabs.Add(tab);
        }
    }

    /// <summary>Its process is gone, and with it whatever it was about to do.</summary>
    private static async Task CrashAsync(BrowserTab tab)
    {
        var crashed = new TaskCompletionSource();
        tab.Page.Crash += (_, _) => crashed.SetResult();
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        // Never answered: who would answer it is gone.
        _ = tools.SendAsync("Page.crash");
        await crashed.Task;
    }

    private async Task<string> CookieAsync() =>
        Assert.Single(await tabs[0].Page.Context.CookiesAsync(), cookie => cookie.Name == "refresh_token").Value;
}
