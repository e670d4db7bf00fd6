using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that the mailed link opens where a sign-up waits, in a browser that has not signed up.</summary>
[Trait("Pace", "long")]
public sealed class BrowserPendingSignUpTests(BrowserPendingSignUpTests.Hiding shared, Browser browser) : IClassFixture<BrowserPendingSignUpTests.Hiding>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly Person person = Some.Person();
    private BrowserTab tab = null!;

    public sealed class Hiding(Postgres postgres) : SharedServer(postgres, ("Accounts:Registration:HideExistingAccounts", "true"));

    public async ValueTask InitializeAsync()
    {
        tab = await browser.OpenAsync();
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
    }

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Fact]
    public async Task SG_19_The_page_asks_for_a_password_tells_what_is_wrong_with_it_and_makes_the_user()
    {
        await OpenAsync();
        await tab.ClickAsync("Yes, that was me");
        await tab.SaysAsync("Choose name and password");
        await Assertions.Expect(tab.Page.Locator("#choose-username")).ToHaveValueAsync(person.Username);
        await tab.FillAsync("Password", "12345678");
        await tab.ClickAsync("Verify my email");
        await Assertions.Expect(tab.Page.Locator("#choose-password-mistake")).ToContainTextAsync("too common");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        await tab.FillAsync("Password", Some.OtherPassword);
        await tab.ClickAsync("Verify my email");
        await tab.SaysAsync("Your email is verified");
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        tab.IsContent();
    }

    [Fact]
    public async Task SG_19_A_name_that_is_somebodys_by_now_is_told_and_another_one_is_taken()
    {
        await server.Database.ExecuteAsync("UPDATE pending_sign_ups SET username = @taken WHERE email = @email", ("taken", await TakenAsync()), ("email", person.Email));
        await OpenAsync();
        await tab.ClickAsync("Yes, that was me");
        await tab.FillAsync("Password", Some.OtherPassword);
        await tab.ClickAsync("Verify my email");
        await Assertions.Expect(tab.Page.Locator("#choose-username-mistake")).ToContainTextAsync("A user with that username already exists.");
        await tab.FillAsync("Username", person.Username);
        await tab.ClickAsync("Verify my email");
        await tab.SaysAsync("Your email is verified");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username = '{person.Username}'"));
        tab.IsContent();
    }

    [Fact]
    public async Task SG_19_In_the_browser_that_signed_up_a_name_that_is_taken_by_now_is_all_that_is_asked_for()
    {
        await tab.OpenAsync($"{server.Address}verify-email");
        var here = Some.Person();
        await tab.Page.EvaluateAsync(
            "person => fetch('/api/auth/register/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(person) })",
            new { username = here.Username, email = here.Email, password = here.Password });
        var mail = await server.Mailbox.WaitAsync(here.Email);
        await server.Database.ExecuteAsync("UPDATE pending_sign_ups SET username = @taken WHERE email = @email", ("taken", await TakenAsync()), ("email", here.Email));
        await tab.OpenAsync($"{server.Address}verify-email#token={Mailbox.TokenOf(mail)}");
        await tab.SaysAsync("Choose another username");
        await tab.FillAsync("Username", here.Username);
        await tab.ClickAsync("Verify my email");
        await tab.SaysAsync("Your email is verified");
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(here)).Status);
        tab.IsContent();
    }

    private async Task<string> TakenAsync()
    {
        using var other = server.Client();
        return (await server.RegisterVerifiedAsync(other)).Username;
    }

    private async Task OpenAsync()
    {
        await tab.OpenAsync($"{server.Address}verify-email#token={await server.Mailbox.TokenAsync(person.Email)}");
        await tab.SaysAsync("Did you register?");
    }
}
