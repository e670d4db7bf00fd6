using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>To a provider and back, on a page that calls the client twice, as React's StrictMode does.</summary>
[Trait("Pace", "long")]
public sealed class BrowserClientProviderTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ClientApp app = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(server.Address);
        tab = await browser.OpenAsync();
        Assert.Null(await tab.OpenAppAsync(app));
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_code_is_redeemed_once_the_address_is_clean_and_both_calls_get_the_answer()
    {
        var another = await tab.OpenAnotherAsync();
        await another.OpenAppAsync(app);
        await GoAsync("accounts.loginWith('fake', { next: '/inbox' })", "Vera Verified");
        Assert.Equal(("veraverified", app.Address), (await tab.ReadyAsync(), tab.Page.Url));
        var (first, second) = await ArrivedAsync();
        Assert.Equal(("veraverified", "/inbox"), (first.GetProperty("user").Text("username"), first.Text("next")));
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        await another.BecomesAsync("veraverified");
        tab.IsContent();
    }

    [Fact]
    public async Task The_servers_flow_comes_back_signed_in_and_tells_the_other_tabs()
    {
        var another = await tab.OpenAnotherAsync();
        await another.OpenAppAsync(app);
        await GoAsync("accounts.loginWith('fake', { redirect: true })", "Vera Verified");
        Assert.Equal("veraverified", await tab.ReadyAsync());
        await another.BecomesAsync("veraverified");
    }

    [Theory]
    [InlineData("{}", "Dora Decliner", "error", "access_denied")]
    [InlineData("{ redirect: true }", "Dora Decliner", "error", "access_denied")]
    [InlineData("{}", "Nora Nowhere", "step", "email_required")]
    [InlineData("{ redirect: true }", "Nora Nowhere", "step", "email_required")]
    public async Task What_is_left_to_do_is_a_step_and_a_refusal_is_a_failure(string how, string who, string member, string code)
    {
        await GoAsync($"accounts.loginWith('fake', {how})", who);
        Assert.Null(await tab.ReadyAsync());
        var (first, second) = await ArrivedAsync();
        Assert.Equal((code, code, app.Address), (first.Text(member), second.Text(member), tab.Page.Url));
    }

    [Fact]
    public async Task A_code_that_this_tab_did_not_set_out_for_is_not_redeemed()
    {
        var asked = new List<string>();
        tab.Page.Request += (_, request) => asked.Add(request.Url);
        await tab.OpenAsync($"{app.Address}?code=stolen&state=made-up&tab=2#part");
        await tab.ReadyAsync();
        Assert.Equal("invalid_state", (await ArrivedAsync()).First.Text("error"));
        Assert.Equal($"{app.Address}?tab=2#part", tab.Page.Url);
        Assert.DoesNotContain(asked, address => address.Contains("/social/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebodys_account_is_linked_by_the_password()
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync("tara", "taken@example.com")).Status);
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync("taken@example.com"))).Status);
        await GoAsync("accounts.loginWith('fake')", "Tara Taken");
        await tab.ReadyAsync();
        var (step, _) = await ArrivedAsync();
        Assert.Equal("account_exists", step.Text("step"));
        await tab.RunAsync("accounts.link(given)", new { link_token = step.Text("link_token"), password = Some.Password });
        Assert.Equal("tara", await tab.MeAsync());
    }

    [Fact]
    public async Task Who_is_signed_in_connects_a_provider()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await tab.LoginAsync(person);
        await GoAsync("accounts.social.connect('fake')", "Vera Verified");
        Assert.Equal(person.Username, await tab.ReadyAsync());
        Assert.Equal("fake", (await tab.RunAsync("accounts.social.accounts()"))[0].Text("provider"));
    }

    private async Task GoAsync(string start, string person)
    {
        await tab.Page.EvaluateAsync($"() => {{ {start}; }}");
        await tab.SaysAsync("Who is signing in?");
        await tab.Page.GetByText(person).ClickAsync();
        await tab.SaysAsync("App");
    }

    private async Task<(JsonElement First, JsonElement Second)> ArrivedAsync()
    {
        // As text: of one object that comes twice, the second is told as a reference.
        var arrived = JsonDocument.Parse(await tab.Page.EvaluateAsync<string>("arrived.then(JSON.stringify)")).RootElement;
        return (arrived[0], arrived[1]);
    }
}
