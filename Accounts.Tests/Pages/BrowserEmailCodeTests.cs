using System.Collections.Concurrent;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page of a mail that signs in, in a real browser: the one that asked, and another.</summary>
[Trait("Pace", "long")]
public sealed class BrowserEmailCodeTests(BrowserEmailCodeTests.Open shared, Browser browser) : IClassFixture<BrowserEmailCodeTests.Open>, IAsyncLifetime
{
    private const string FrontEnd = "https://app.example.test/";

    private readonly TestServer server = shared.Server;
    private Person person = null!;
    private BrowserTab tab = null!, elsewhere = null!;

    public sealed class Open(Postgres postgres) : EmailCodesServer(postgres, ("Accounts:EmailCodes:SignUp", "true"));

    public async ValueTask InitializeAsync()
    {
        (tab, elsewhere) = (await browser.OpenAsync(), await browser.OpenAsync());
        using var client = server.Client();
        person = await server.RegisterVerifiedAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await elsewhere.DisposeAsync();
    }

    [Fact]
    public async Task SG_06_In_the_browser_that_asked_a_button_signs_in()
    {
        var link = await server.AskLinkAsync(tab, person.Email);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Sign in");
        await Assertions.Expect(tab.Page.Locator("#confirm [data-fill=email]")).ToHaveTextAsync(person.Email);
        await Assertions.Expect(tab.Page.Locator("#code")).ToBeHiddenAsync();
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in"));
        Assert.Equal(["attempt"], await tab.CookiesAsync());
        await tab.ClickAsync("Sign in");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        Assert.Equal(["attempt", "device", "refresh_token"], await tab.CookiesAsync());
        Assert.Equal(1, await server.Database.EventsAsync(person, "signed_in"));
        await tab.OpenAsync(link);
        await tab.SaysAsync("This link does not work any more");
        tab.IsContent();
    }

    [Fact]
    public async Task SG_06_In_another_browser_it_shows_the_code_for_the_one_that_waits_and_signs_nobody_in()
    {
        var link = await server.AskLinkAsync(tab, person.Email);
        var sent = new ConcurrentQueue<IRequest>();
        elsewhere.Page.Request += (_, request) => sent.Enqueue(request);
        await elsewhere.OpenAsync(link);
        await elsewhere.SaysAsync("Your code");
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=act]")).ToHaveTextAsync("Sign in");
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=email]")).ToHaveTextAsync(person.Email);
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=device]")).ToContainTextAsync("Chrom");
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=ip]")).ToHaveTextAsync("127.0.0.1");
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=at]")).Not.ToBeEmptyAsync();
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Empty(await elsewhere.CookiesAsync());
        Assert.Equal($"{server.Address}sign-in/code", elsewhere.Page.Url);
        Assert.All(sent, request => Assert.DoesNotContain(link.Split('=')[1], request.Url.Split('#')[0], StringComparison.Ordinal));
        var code = await elsewhere.Page.Locator("#code [data-fill=code]").InnerTextAsync();
        Assert.Equal(400, await elsewhere.PostCodeAsync("confirm/", new { code }));
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in"));
        Assert.Equal(200, await tab.PostCodeAsync("confirm/", new { code }));
        Assert.Contains("refresh_token", await tab.CookiesAsync());
        Assert.Empty(await elsewhere.CookiesAsync());
        elsewhere.IsContent();
    }

    [Fact]
    public async Task SG_06_Who_waits_for_somebody_elses_click_is_not_signed_in_and_the_clicking_browser_stays_as_it_was()
    {
        await using var other = await elsewhere.OpenAnotherAsync();
        var link = await server.AskLinkAsync(tab, person.Email);
        await tab.OpenAsync($"{server.Address}sign-in/code");
        for (var opened = 0; opened < 2; opened++)
        {
            await elsewhere.OpenAsync(link);
            await elsewhere.SaysAsync("Your code");
            await Assertions.Expect(elsewhere.Page.Locator("#code").GetByText("nobody is signed in here")).ToBeVisibleAsync();
        }
        await other.OpenAsync(link);
        await other.SaysAsync("Your code");
        Assert.Equal((400, 401), (await tab.PostCodeAsync("confirm/", new { }), await tab.PostCodeAsync("../../token/refresh/", new { })));
        Assert.Equal((0, 0), (await server.Database.EventsAsync(person, "signed_in"), await server.Database.LiveSessionsAsync(person)));
        Assert.Equal(["attempt"], await tab.CookiesAsync());
        Assert.Empty(await elsewhere.CookiesAsync());
    }

    [Fact]
    public async Task A_new_address_is_told_that_an_account_is_made_before_it_is()
    {
        var email = Some.Email();
        var link = await server.AskLinkAsync(tab, email, EmailCodeSteps.NewSubject);
        await elsewhere.OpenAsync(link);
        await elsewhere.SaysAsync("Your code");
        await Assertions.Expect(elsewhere.Page.Locator("#code [data-fill=act]")).ToHaveTextAsync("Make an account and sign in");
        await tab.OpenAsync(link);
        await tab.SaysAsync("Make an account");
        Assert.Equal(0, await server.Database.UsersAsync(email));
        await tab.ClickAsync("Make the account and sign in");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_deleted_account_is_had_back_and_a_frozen_one_is_told_of()
    {
        await server.Database.ChangeAsync(person, "frozen_until = now() + interval '1 day'");
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("You cannot sign in now");
        await Assertions.Expect(tab.Page.Locator("[data-fill=refusal]")).ToContainTextAsync("This account is frozen");
        await server.Database.ChangeAsync(person, "frozen_until = NULL, deleted_at = now(), erase_after = now() + interval '14 days'");
        await server.Database.ExecuteAsync("DELETE FROM email_verification_tokens WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, await tab.PostCodeAsync("", new { email = person.Email }));
        await tab.OpenAsync((await server.CodeMailAsync(person.Email, 2)).Text.Split().Single(word => word.Contains("#token=", StringComparison.Ordinal)));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("This account was deleted");
        await tab.ClickAsync("Have it back and sign in");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
        tab.IsContent();
    }

    [Fact]
    public async Task With_a_front_end_it_goes_on_there()
    {
        await using var other = await shared.StartAnotherAsync(("Accounts:EmailCodes:Enabled", "true"), ("Accounts:FrontendUrl", FrontEnd));
        using var client = other.Client();
        var somebody = await other.RegisterVerifiedAsync(client);
        await tab.Page.RouteAsync($"{FrontEnd}**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><link rel=icon href=data:,><h1>The app</h1>" }));
        await tab.OpenAsync(await other.AskLinkAsync(tab, somebody.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("The app");
        Assert.Equal(FrontEnd, tab.Page.Url);
        Assert.Equal(1, await other.Database.EventsAsync(somebody, "signed_in"));
    }

    [Fact]
    public async Task The_keyboard_alone_signs_in()
    {
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.SaysAsync("Sign in");
        await tab.PressAsync("Tab", "Enter");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        tab.IsContent();
    }

    [Fact]
    public async Task Without_a_token_it_asks_for_the_link()
    {
        await tab.OpenAsync($"{server.Address}sign-in/code");
        await tab.SaysAsync("Open the link in our mail");
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        var link = await server.AskLinkAsync(tab, person.Email);
        foreach (var (place, heading) in new[] { (tab, "Sign in"), (elsewhere, "Your code") })
        {
            await place.Page.SetViewportSizeAsync(width, 900);
            await place.OpenAsync(link);
            await place.SaysAsync(heading);
            Assert.Equal(width, await place.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
