using System.Collections.Concurrent;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page of an invitation, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSignUpTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Join = "Make your account", Done = "Your account is made", FrontEnd = "https://app.example.test/";

    private readonly Person person = Some.Person();
    private TestServer server = null!;
    private ApiClient admin = null!;
    private Person administrator = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        admin = server.Client();
        administrator = await server.SignInAdministratorAsync(admin);
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task From_the_mail_to_the_sign_in_with_what_was_chosen()
    {
        await tab.OpenAsync(await LinkAsync(server));
        await tab.SaysAsync(Join);
        await Assertions.Expect(tab.Page.Locator("#join [data-fill=email]")).ToHaveTextAsync(person.Email);
        await Assertions.Expect(tab.Page.Locator("#join input[name=email]")).ToHaveCountAsync(0);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        await JoinAsync(person.Username, "password");
        await Assertions.Expect(tab.Page.Locator("#join-password-mistake")).ToHaveTextAsync("This password is too common.");
        await JoinAsync(administrator.Username, person.Password);
        await Assertions.Expect(tab.Page.Locator("#join-username-mistake")).ToHaveTextAsync("A user with that username already exists.");
        await JoinAsync(person.Username, person.Password);
        await tab.SaysAsync(Done);
        await Assertions.Expect(tab.Page.Locator("#done a")).ToHaveAttributeAsync("href", "/sign-in");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND roles = '{editor}'"));
        Assert.Empty(await tab.CookiesAsync());
        using var client = server.Client();
        await client.SignInAsync(person);
        tab.IsContent();
    }

    private async Task JoinAsync(string username, string password)
    {
        await tab.FillAsync("Username", username);
        await tab.FillAsync("Password", password);
        await tab.ClickAsync("Make the account");
    }

    private async Task<string> LinkAsync(TestServer at)
    {
        await at.InvitationAsync(admin, person.Email, "editor");
        return InvitationSteps.LinkOf(await at.InvitationMailAsync(person.Email));
    }

    [Fact]
    public async Task RS_07_Token_and_address_stand_in_no_address_that_is_sent_and_in_no_referrer()
    {
        var sent = new ConcurrentQueue<IRequest>();
        tab.Page.Request += (_, request) => sent.Enqueue(request);
        var link = await LinkAsync(server);
        var token = link.Split('=')[1].Split('&')[0];
        await tab.OpenAsync(link);
        await tab.SaysAsync(Join);
        Assert.Equal($"{server.Address}sign-up", tab.Page.Url);
        await JoinAsync(person.Username, person.Password);
        await tab.SaysAsync(Done);
        var headers = await Task.WhenAll(sent.Select(request => request.AllHeadersAsync()));
        Assert.All(headers, header => Assert.Equal("", header.GetValueOrDefault("referer", "")));
        Assert.All(sent, request => Assert.False(Has(request.Url.Split('#')[0], token) || Has(request.Url.Split('#')[0], person.Email.Split('@')[0])));
        Assert.Contains(sent, request => request.PostData is { } body && Has(body, token));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    [Fact]
    public async Task RS_07_The_page_sends_no_referrer_and_is_kept_by_nobody()
    {
        using var client = server.Client();
        var page = await client.GetAsync("/sign-up");
        Assert.Equal((200, "text/html", "no-referrer", "no-store"), (page.Status, page.MediaType, page.Header("Referrer-Policy"), page.Header("Cache-Control")));
    }

    [Fact]
    public async Task A_dead_link_is_said_in_words()
    {
        var link = await LinkAsync(server);
        await tab.OpenAsync(link);
        await tab.SaysAsync(Join);
        await server.Database.ExecuteAsync("DELETE FROM invitations");
        await JoinAsync(person.Username, person.Password);
        await tab.SaysAsync("This invitation does not work any more");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        tab.IsContent();
    }

    [Fact]
    public async Task An_address_that_is_not_the_invited_one_is_said_so()
    {
        await tab.OpenAsync((await LinkAsync(server)).Replace(Uri.EscapeDataString(person.Email), "other%40example.test", StringComparison.Ordinal));
        await JoinAsync(person.Username, person.Password);
        await Assertions.Expect(tab.Page.Locator("#join-notice")).ToHaveTextAsync("This invitation is for another address.");
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }

    [Theory]
    [InlineData("/sign-up#email=a%40example.test"), InlineData("/sign-up#invitation=x")]
    public async Task Without_a_whole_invitation_it_says_that_one_is_needed(string path)
    {
        await tab.OpenAsync($"{server.Address}{path[1..]}");
        await tab.SaysAsync("You need an invitation");
        tab.IsContent();
    }

    [Fact]
    public async Task With_a_front_end_the_sign_in_that_follows_leads_there()
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:FrontendUrl", FrontEnd), ("Accounts:Registration:Open", "false"));
        await tab.Page.RouteAsync($"{FrontEnd}**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><link rel=icon href=data:,><h1>The app</h1>" }));
        await tab.OpenAsync((await LinkAsync(server)).Replace($"{server.Address}", $"{other.Address}", StringComparison.Ordinal));
        await JoinAsync(person.Username, person.Password);
        await tab.SaysAsync(Done);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await tab.SaysAsync(SignInPageSteps.Title);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.SaysAsync("The app");
        Assert.Equal(FrontEnd, tab.Page.Url);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task The_keyboard_alone_makes_the_account()
    {
        await tab.OpenAsync(await LinkAsync(server));
        await tab.SaysAsync(Join);
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(person.Username);
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(person.Password);
        var field = tab.Page.Locator("#join-password");
        await Assertions.Expect(field).ToHaveAttributeAsync("autocomplete", "new-password");
        await tab.PressAsync("Tab", "Enter");
        await Assertions.Expect(field).ToHaveAttributeAsync("type", "text");
        await tab.PressAsync("Tab", "Enter");
        await tab.SaysAsync(Done);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 900);
        foreach (var (address, heading) in new[] { (await LinkAsync(server), Join), ($"{server.Address}sign-up", "Make your account"), ($"{server.Address}sign-up#invitation=x", "You need an invitation") })
        {
            await tab.OpenAsync(address);
            await tab.SaysAsync(heading);
            Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
