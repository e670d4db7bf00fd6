using System.Collections.Concurrent;
using System.Text.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The pages that ask for a reset and carry it out, in a real browser.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserPasswordResetTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Field = "New password";

    private readonly Person person = Some.Person();
    private TestServer server = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        tab = await browser.OpenAsync();
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task From_the_forgotten_password_to_the_sign_in_with_a_new_one()
    {
        await AskAsync($"{server.Address}forgot-password");
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Choose a new password");
        await tab.FillAsync(Field, "password");
        await tab.ClickAsync("Set the new password");
        await Assertions.Expect(tab.Page.Locator("#choose-password-mistake")).ToHaveTextAsync("This password is too common.");
        await tab.FillAsync(Field, Some.OtherPassword);
        await tab.ClickAsync("Set the new password");
        await tab.SaysAsync("Your new password is set");
        Assert.Equal(["attempt"], (await tab.Page.Context.CookiesAsync()).Select(cookie => cookie.Name));
        Assert.Equal(200, await SignInAsync(Some.OtherPassword));
        Assert.Equal(401, await SignInAsync(person.Password));
        tab.IsContent();
    }

    private async Task AskAsync(string address)
    {
        await tab.OpenAsync(address);
        await tab.SaysAsync("Forgot your password?");
        await tab.FillAsync("Email", person.Email);
        await tab.ClickAsync("Send the mail");
        await tab.SaysAsync("Look in your inbox");
    }

    private async Task<string> LinkAsync(int mail = 1) => (await server.Mailbox.WaitForResetsAsync(person.Email, mail))[^1]
        .Text.Split().Single(word => word.Contains("#token=", StringComparison.Ordinal));

    private async Task<int> SignInAsync(string password) => (await tab.Page.EvaluateAsync<JsonElement>("""
        body => fetch('/api/auth/login/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
          .then(response => response.status)
        """, new { email = person.Email, password })).GetInt32();

    [Fact]
    public async Task SG_07_From_the_forgotten_password_to_a_new_one_by_the_code_of_the_mail()
    {
        await AskAsync($"{server.Address}forgot-password");
        var code = PasswordSteps.ResetCodeOf((await server.Mailbox.WaitForResetsAsync(person.Email, 1))[0]);
        await tab.ClickAsync("Enter the code instead");
        await tab.SaysAsync("Enter the code");
        await Assertions.Expect(tab.Page.Locator("#code-email")).ToHaveValueAsync(person.Email);
        await tab.Page.Locator("#code-code").FillAsync(PasswordSteps.Wrong(code));
        await tab.Page.Locator("#code-password").FillAsync(Some.OtherPassword);
        await tab.Page.Locator("#code button:not([type])").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#code-notice")).ToContainTextAsync("That code is not right");
        await tab.Page.Locator("#code-code").FillAsync($"{code[..4]} {code[4..]}");
        await tab.Page.Locator("#code button:not([type])").ClickAsync();
        await tab.SaysAsync("Your new password is set");
        Assert.Equal(200, await SignInAsync(Some.OtherPassword));
        Assert.Equal(401, await SignInAsync(person.Password));
        tab.IsContent();
    }

    [Fact]
    public async Task RS_07_The_token_stands_in_no_address_that_is_sent_and_in_no_referrer()
    {
        var sent = new ConcurrentQueue<IRequest>();
        tab.Page.Request += (_, request) => sent.Enqueue(request);
        await AskAsync($"{server.Address}reset-password");
        var link = await LinkAsync();
        await tab.OpenAsync(link);
        await tab.SaysAsync("Choose a new password");
        Assert.Equal($"{server.Address}reset-password", tab.Page.Url);
        await tab.FillAsync(Field, Some.OtherPassword);
        await tab.ClickAsync("Set the new password");
        await tab.SaysAsync("Your new password is set");
        var headers = await Task.WhenAll(sent.Select(request => request.AllHeadersAsync()));
        Assert.All(headers, header => Assert.Equal("", header.GetValueOrDefault("referer", "")));
        Assert.All(sent, request => Assert.DoesNotContain(link.Split('=')[1], request.Url.Split('#')[0], StringComparison.Ordinal));
        Assert.Contains(sent, request => request.PostData?.Contains(link.Split('=')[1], StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("/reset-password")]
    [InlineData("/forgot-password")]
    public async Task RS_07_The_pages_send_no_referrer_and_are_kept_by_nobody(string path)
    {
        using var client = server.Client();
        var page = await client.GetAsync(path);
        Assert.Equal((200, "text/html", "no-referrer"), (page.Status, page.MediaType, page.Header("Referrer-Policy")));
        Assert.Equal("no-store", page.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_link_that_is_used_up_leads_to_a_form_that_sends_another()
    {
        await AskAsync($"{server.Address}forgot-password");
        var link = await LinkAsync();
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = clock_timestamp() - interval '1 s'");
        await tab.OpenAsync(link);
        await tab.FillAsync(Field, Some.OtherPassword);
        await tab.ClickAsync("Set the new password");
        await tab.SaysAsync("This link does not work any more");
        await tab.FillAsync("Email", person.Email);
        await tab.ClickAsync("Send a new mail");
        await tab.SaysAsync("Look in your inbox");
        await tab.OpenAsync(await LinkAsync(mail: 2));
        await tab.FillAsync(Field, Some.OtherPassword);
        await tab.ClickAsync("Set the new password");
        await tab.SaysAsync("Your new password is set");
        Assert.Equal(200, await SignInAsync(Some.OtherPassword));
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_shows_and_sets_the_new_password()
    {
        await AskAsync($"{server.Address}forgot-password");
        await tab.OpenAsync(await LinkAsync());
        await tab.SaysAsync("Choose a new password");
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(Some.OtherPassword);
        var field = tab.Page.Locator("#choose-password");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "password");
        await Assertions.Expect(field).ToHaveAttributeAsync("autocomplete", "new-password");
        await tab.PressAsync("Tab", "Enter");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "text");
        await tab.PressAsync("Tab", "Enter");
        await tab.SaysAsync("Your new password is set");
        Assert.Equal(200, await SignInAsync(Some.OtherPassword));
        tab.IsContent();
    }
}
