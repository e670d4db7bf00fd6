using System.Text.Json;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that the mailed link opens, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserVerifyEmailTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private readonly Person person = Some.Person();
    private TestServer server = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task EV_04_In_the_browser_that_registered_the_page_confirms_by_itself()
    {
        await RegisterInTheBrowserAsync();
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        Assert.Equal($"{server.Address}verify-email", tab.Page.Url);
        tab.IsContent();
    }

    [Fact]
    public async Task EV_04_In_another_browser_the_page_names_the_user_and_asks()
    {
        await RegisterElsewhereAsync();
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Did you register?");
        await Assertions.Expect(tab.Page.Locator("#confirm")).ToContainTextAsync(person.Username);
        Assert.False(await IsVerifiedAsync());
        await tab.ClickAsync("Yes, that was me");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task EV_04_This_was_not_me_deletes_the_account_and_ends_its_session()
    {
        using var stranger = await RegisterElsewhereAsync();
        await stranger.SignInAsync(person);
        await tab.OpenAsync(await LinkAsync());
        await tab.ClickAsync("This was not me");
        await tab.SaysAsync("Delete this account?");
        Assert.Equal(1, await server.Database.CountAsync("users"));
        await tab.ClickAsync("Yes, delete it");
        await tab.SaysAsync("The account is deleted");
        Assert.Equal(0, await server.Database.CountAsync("users"));
        Assert.Equal(401, (await stranger.MeAsync()).Status);
        tab.IsContent();
    }

    [Fact]
    public async Task An_expired_link_leads_to_a_form_that_sends_another()
    {
        await RegisterElsewhereAsync();
        var link = await LinkAsync();
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = clock_timestamp() - interval '1 s'");
        await tab.OpenAsync(link);
        await tab.SaysAsync("This link does not work any more");
        await tab.FillAsync("Email", person.Email);
        await tab.ClickAsync("Send a new mail");
        await tab.SaysAsync("Look in your inbox");
        await tab.OpenAsync(await LinkAsync(mail: 2));
        await tab.ClickAsync("Yes, that was me");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task A_link_opened_again_says_that_there_is_nothing_left_to_do()
    {
        await RegisterInTheBrowserAsync();
        var link = await LinkAsync();
        await tab.OpenAsync(link);
        await tab.SaysAsync("Your email is verified");
        await tab.OpenAsync(link);
        await tab.SaysAsync("Already verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task A_reloaded_page_of_a_verified_address_says_so_again_and_the_next_link_is_looked_at()
    {
        await RegisterInTheBrowserAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        await tab.OpenAsync($"{server.Address}verify-email");
        await tab.FillAsync("Email", person.Email);
        await tab.FillAsync("Code", $"{code[..3]}-{code[3..]}");
        await tab.ClickAsync("Verify my email");
        await tab.SaysAsync("Your email is verified");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("Your email is verified");
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Already verified");
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_confirms()
    {
        await RegisterElsewhereAsync();
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Did you register?");
        await tab.PressAsync("Tab", "Enter");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_deletes_and_keeps_its_place()
    {
        await RegisterElsewhereAsync();
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Did you register?");
        await tab.PressAsync("Tab", "Tab", "Enter");
        await tab.SaysAsync("Delete this account?");
        Assert.Equal("Delete this account?", await tab.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await tab.PressAsync("Tab", "Enter");
        await tab.SaysAsync("The account is deleted");
        Assert.Equal(0, await server.Database.CountAsync("users"));
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_enters_the_code()
    {
        await RegisterInTheBrowserAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        await tab.OpenAsync($"{server.Address}verify-email");
        await tab.SaysAsync("Verify your email");
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(person.Email);
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(code);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task SG_07_The_code_of_another_browsers_mail_is_refused_and_that_of_ones_own_counts()
    {
        await RegisterElsewhereAsync();
        var foreign = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        await tab.OpenAsync($"{server.Address}verify-email");
        await tab.FillAsync("Email", person.Email);
        await tab.FillAsync("Code", foreign);
        await tab.ClickAsync("Verify my email");
        await Assertions.Expect(tab.Page.Locator("#code .notice")).ToContainTextAsync("in another browser");
        await tab.ClickAsync("Send a new mail");
        await tab.FillAsync("Email", person.Email);
        await tab.Page.Locator("#resend form button").ClickAsync();
        await tab.ClickAsync("Enter the code instead");
        await tab.FillAsync("Code", Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email, 2)));
        await tab.ClickAsync("Verify my email");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await IsVerifiedAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task A_username_that_looks_like_markup_stays_text()
    {
        await RegisterElsewhereAsync();
        await server.Database.ExecuteAsync("UPDATE users SET username = '<img src=x onerror=alert(1)>'");
        await tab.OpenAsync(await LinkAsync());
        await Assertions.Expect(tab.Page.Locator("#confirm")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await tab.Page.Locator("img").CountAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task An_inline_script_on_the_page_is_refused_and_noticed()
    {
        await tab.OpenAsync($"{server.Address}verify-email");
        await tab.SaysAsync("Verify your email");
        await tab.Page.RunAndWaitForConsoleMessageAsync(() => tab.Page.EvaluateAsync(
            "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))"));
        Assert.False(await tab.Page.EvaluateAsync<bool>("'ran' in window"));
        Assert.Contains("Content Security Policy", Assert.Single(tab.Complaints), StringComparison.Ordinal);
    }

    private async Task RegisterInTheBrowserAsync()
    {
        await tab.OpenAsync($"{server.Address}verify-email");
        var status = await tab.Page.EvaluateAsync<JsonElement>("""
            person => fetch('/api/auth/register/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(person) })
              .then(response => response.status)
            """, new { username = person.Username, email = person.Email, password = person.Password });
        Assert.Equal(201, status.GetInt32());
    }

    private async Task<ApiClient> RegisterElsewhereAsync()
    {
        var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return client;
    }

    private async Task<string> LinkAsync(int mail = 1) =>
        (await server.Mailbox.WaitAsync(person.Email, mail)).Text.Split().Single(word => word.Contains("#token=", StringComparison.Ordinal));

    private Task<bool> IsVerifiedAsync() => server.Database.ScalarAsync<bool>("SELECT email_verified FROM users");
}
