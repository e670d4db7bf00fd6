using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page where anybody makes an account, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserOpenSignUpTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Fields = """
        {"properties": {"company": {"type": "string", "maxLength": 80, "title": "Company"}, "plan": {"type": "string", "enum": ["free", "team"], "title": "Plan"}, "news": {"type": "boolean", "title": "Newsletter"},
         "score": {"type": "integer", "readOnly": true}}, "required": ["company"]}
        """;

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

    private Task OpenAsync(TestServer? at = null) => tab.OpenAsync($"{(at ?? server).Address}sign-up?next=/{SignInPageSteps.Next}");

    private async Task FillAsync(string password)
    {
        await tab.FillAsync("Username", person.Username);
        await tab.FillAsync("Email", person.Email);
        await tab.FillAsync("Password", password);
    }

    [Fact]
    public async Task The_keyboard_alone_makes_an_account_verifies_it_and_is_signed_in()
    {
        await OpenAsync();
        await tab.SaysAsync("Make your account");
        await tab.PressAsync("Tab");
        foreach (var text in new[] { person.Username, person.Email, person.Password })
        {
            await tab.Page.Keyboard.TypeAsync(text);
            await tab.PressAsync("Tab");
        }
        await tab.PressAsync("Shift+Tab", "Enter");
        await tab.SaysAsync("Look in your inbox");
        await Assertions.Expect(tab.Page.Locator("#sent h1")).ToBeFocusedAsync();
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email)));
        await tab.PressAsync("Enter");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified"));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task What_is_wrong_stands_below_its_field()
    {
        using var client = server.Client();
        await client.RegisterAsync(person);
        await OpenAsync();
        await FillAsync(Some.OtherPassword);
        await tab.ClickAsync("Make the account");
        await Assertions.Expect(tab.Page.Locator("#sign-up-username-mistake")).ToHaveTextAsync("A user with that username already exists.");
        await Assertions.Expect(tab.Page.Locator("#sign-up-email-mistake")).ToBeVisibleAsync();
        var field = tab.Page.Locator("#sign-up-username");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-describedby", "sign-up-username-mistake sign-up-username-hint");
        await field.FillAsync(Some.Username());
        await Assertions.Expect(tab.Page.Locator("#sign-up-username-mistake")).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.Locator("#sign-up-email-mistake")).ToBeVisibleAsync();
        Assert.Equal(1, await server.Database.CountAsync("users"));
        tab.IsContent();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_once_more_and_the_code_counts()
    {
        await tab.Page.RouteAsync("**/api/auth/register/", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        }, new() { Times = 1 });
        await OpenAsync();
        await FillAsync(person.Password);
        await tab.ClickAsync("Make the account");
        await tab.NoticesAsync("sign-up-notice", "We cannot reach the server at the moment.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        await server.Mailbox.WaitAsync(person.Email);
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        await tab.ClickAsync("Make the account");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code", Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email, 2)));
        await tab.ClickAsync("Verify my email");
        await tab.ArriveAsync(server);
    }

    [Fact]
    public async Task A_mail_may_be_asked_for_again_after_a_minute_and_a_wrong_code_is_told()
    {
        await tab.Page.Clock.InstallAsync();
        await OpenAsync();
        await FillAsync(person.Password);
        await tab.ClickAsync("Make the account");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code", "000000");
        await tab.ClickAsync("Verify my email");
        await tab.NoticesAsync("sent-notice", "That code is not right");
        await Assertions.Expect(tab.Page.Locator("#sent [data-again]")).ToBeDisabledAsync();
        await tab.Page.Clock.RunForAsync(61_000);
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        await tab.ClickAsync("Send it again");
        await Assertions.Expect(tab.Page.Locator("#sent [data-again]")).ToBeDisabledAsync();
        await server.Mailbox.WaitAsync(person.Email, 2);
    }

    [Fact]
    public async Task Extra_fields_are_asked_for_as_their_schema_says()
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Profile:Fields", Fields));
        await OpenAsync(other);
        await FillAsync(person.Password);
        await Assertions.Expect(tab.Page.Locator("#sign-up-score")).ToHaveCountAsync(0);
        await tab.FillAsync("Company", "Acme");
        await tab.Page.Locator("#sign-up").GetByLabel("Plan (optional)").SelectOptionAsync("team");
        await tab.Page.Locator("#sign-up").GetByLabel("Newsletter").CheckAsync();
        await tab.ClickAsync("Make the account");
        await tab.SaysAsync("Look in your inbox");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, """extra = '{"company": "Acme", "plan": "team", "news": true}'::jsonb"""));
        tab.IsContent();
    }

    [Fact]
    public async Task Closed_it_says_so_and_leads_to_the_sign_in()
    {
        await using var closed = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:Open", "false"));
        await OpenAsync(closed);
        await tab.SaysAsync("You need an invitation");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToHaveAttributeAsync("href", "/sign-in");
        tab.IsContent();
    }
}
