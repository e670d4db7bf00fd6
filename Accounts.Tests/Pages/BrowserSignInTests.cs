using System.Collections.Concurrent;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page for signing in, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSignInTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private Person person = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:EmailCodes:Enabled", "true"));
        using var client = server.Client();
        person = await server.RegisterVerifiedAsync(client);
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task By_password_after_a_wrong_one_that_the_field_tells_of()
    {
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Email, "not-my-tulips-1");
        await tab.NoticesAsync("sign-in-notice", "Name or password is not right.");
        var field = tab.Page.Locator("#sign-in-password");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-describedby", "sign-in-notice");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        await tab.FillAsync("Password", person.Password);
        await Assertions.Expect(field).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task The_keyboard_alone_signs_in()
    {
        await tab.OpenSignInAsync(server);
        await Assertions.Expect(tab.Page.Locator("#sign-in-name")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync(person.Username);
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(person.Password);
        await tab.PressAsync("Enter");
        await tab.ArriveAsync(server);
        tab.IsContent();
    }

    [Fact]
    public async Task By_a_mailed_code()
    {
        await tab.OpenSignInAsync(server);
        await tab.ClickAsync("Have a code mailed to you");
        await tab.FillAsync("Email", person.Email);
        await tab.ClickAsync("Send the code");
        await tab.SaysAsync("Look in your inbox");
        await Assertions.Expect(tab.Page.Locator("#mail-code [data-again]")).ToBeDisabledAsync();
        var code = EmailCodeSteps.CodeOf(await server.CodeMailAsync(person.Email));
        await tab.FillAsync("Code", PasswordSteps.Wrong(code));
        await tab.ClickAsync("Sign in");
        await tab.NoticesAsync("mail-code-notice", "That code is not right");
        await tab.FillAsync("Code", $"{code[..4]} {code[4..]}");
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task By_a_passkey_that_the_button_asks_for()
    {
        await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}forgot-password");
        Assert.Equal(201, await tab.Page.EvaluateAsync<int>(BrowserMailFactorTests.AddPasskey, new { email = person.Email, password = person.Password }));
        await tab.Page.Context.ClearCookiesAsync();
        await tab.Page.AddInitScriptAsync("if (globalThis.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        await tab.OpenSignInAsync(server);
        await tab.ClickAsync("Use a passkey");
        await tab.ArriveAsync(server);
        tab.IsContent();
    }

    [Fact]
    public async Task By_a_passkey_that_the_browser_proposes_in_the_field()
    {
        await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}forgot-password");
        Assert.Equal(201, await tab.Page.EvaluateAsync<int>(BrowserMailFactorTests.AddPasskey, new { email = person.Email, password = person.Password }));
        await tab.Page.Context.ClearCookiesAsync();
        // Its user takes what is proposed at once.
        await tab.OpenAsync($"{server.Address}sign-in?next=/{SignInPageSteps.Next}");
        await tab.ArriveAsync(server);
        tab.IsContent();
    }

    [Fact]
    public async Task By_a_provider_and_who_declines_there_reads_so()
    {
        using var client = server.Client();
        await client.PostAsync("/dev/testing/provider/", new { next = "declined" });
        await tab.OpenSignInAsync(server);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
        await tab.NoticesAsync("sign-in-notice", "You did not sign in there.");
        Assert.Equal($"{server.Address}sign-in?next=%2F{SignInPageSteps.Next}", tab.Page.Url);
        await client.PostAsync("/dev/testing/provider/", new { next = "verified" });
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.CountAsync("social_accounts"));
        tab.IsContent();
    }

    [Fact]
    public async Task Who_is_signed_in_is_told_so_and_goes_on_or_signs_out()
    {
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.ArriveAsync(server);
        await tab.OpenAsync($"{server.Address}sign-in?next=/{SignInPageSteps.Next}");
        await tab.SaysAsync("You are signed in");
        await Assertions.Expect(tab.Page.Locator("#here")).ToContainTextAsync(person.Username);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go on" })).ToHaveAttributeAsync("href", $"{server.Address}{SignInPageSteps.Next}");
        await tab.ClickAsync("Sign out, and use another account");
        await tab.SaysAsync("Sign in");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Theory]
    [InlineData("//evil.example/"), InlineData("https://evil.example/"), InlineData("/\\evil.example"), InlineData("\\\\evil.example"), InlineData("javascript:alert(1)"), InlineData("data:text/html,x")]
    [InlineData("\t//evil.example"), InlineData("https:evil.example"), InlineData("https://app.example.test@evil.example/"), InlineData("https://app.example.test.evil.example/"), InlineData("http://app.example.test/")]
    [InlineData("/sign-in"), InlineData("")]
    public async Task SO_04_Next_leads_to_no_strangers_page(string next)
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:FrontendUrl", "https://app.example.test/start"));
        await tab.OpenAsync($"{other.Address}sign-in?next={Uri.EscapeDataString(next)}");
        await tab.SaysAsync("Sign in");
        Assert.Equal("https://app.example.test/start/", await DestinationAsync());
        Assert.DoesNotContain("evil", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account#password", "{server}account#password"), InlineData("https://app.example.test/inbox?a=1#b", "https://app.example.test/inbox?a=1#b"), InlineData("{server}docs", "{server}docs")]
    public async Task Next_leads_to_a_page_of_ours_or_of_the_front_end(string next, string expected)
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:FrontendUrl", "https://app.example.test/start"));
        string At(string text) => text.Replace("{server}", $"{other.Address}", StringComparison.Ordinal);
        await tab.OpenAsync($"{other.Address}sign-in?next={Uri.EscapeDataString(At(next))}");
        await tab.SaysAsync("Sign in");
        Assert.Equal(At(expected), await DestinationAsync());
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Make an account" })).ToHaveAttributeAsync("href", $"/sign-up?next={Uri.EscapeDataString(At(next))}");
    }

    private Task<string> DestinationAsync() => tab.Page.EvaluateAsync<string>("async () => (await import('/next.js')).destination");

    [Fact]
    public async Task A_double_click_signs_in_once()
    {
        var sent = new ConcurrentQueue<IRequest>();
        tab.Page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/auth/login/", StringComparison.Ordinal))
            {
                sent.Enqueue(request);
            }
        };
        await tab.OpenSignInAsync(server);
        await tab.FillAsync(SignInPageSteps.Name, person.Username);
        await tab.FillAsync("Password", person.Password);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).DblClickAsync();
        await tab.ArriveAsync(server);
        Assert.Single(sent);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Offline_it_says_so_and_what_was_typed_stays()
    {
        await tab.OpenSignInAsync(server);
        await tab.Page.Context.SetOfflineAsync(true);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.NoticesAsync("sign-in-notice", "You are offline.");
        await tab.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(tab.Page.Locator("#sign-in-password")).ToHaveValueAsync(person.Password);
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
    }

    [Fact]
    public async Task Throttled_the_button_counts_down_and_then_works()
    {
        await tab.Page.RouteAsync("**/api/auth/login/", route => route.FulfillAsync(new()
        {
            Status = 429, ContentType = "application/json", Body = """{"detail": "Request was throttled.", "code": "throttled", "retry_after": 2}""",
        }), new() { Times = 1 });
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.NoticesAsync("sign-in-notice", "Too many tries. Please try again in 2 seconds.");
        await Assertions.Expect(tab.Page.Locator("#sign-in form button:not([type])")).ToBeDisabledAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeEnabledAsync();
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
    }

    [Fact]
    public async Task What_is_not_on_is_not_offered()
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:Open", "false"));
        await tab.OpenSignInAsync(other);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Have a code mailed to you" })).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Make an account" })).ToHaveCountAsync(0);
    }
}
