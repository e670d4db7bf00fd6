using Accounts.Tests.Deletion;
using Accounts.Tests.Development.Testing;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>What may come between a first proof and being signed in, on the page for signing in.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSignInStepsTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync() => tab = await browser.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        client.Dispose();
    }

    [Fact]
    public async Task MF_06_A_second_factor_is_asked_for_and_spared_where_the_browser_is_trusted()
    {
        var made = await client.MakeUserAsync(new { totp = true });
        var (person, secret) = (made.Person(), made["totp_secret"]!);
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.SaysAsync("Confirm that it is you");
        await Assertions.Expect(tab.Page.Locator("#factor [data-fill=left]")).ToContainTextAsync("Time left: ");
        await tab.FillAsync("Code", FactorSteps.WrongCode(secret));
        await tab.ClickAsync("Sign in");
        await tab.NoticesAsync("factor-notice", "That is not it");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        await tab.Page.GetByLabel("Do not ask me again in this browser for 30 days").CheckAsync();
        await tab.FillAsync("Code", FactorSteps.CodeOf(secret, 1));
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
        await tab.OpenAsync($"{server.Address}sign-in?next=/{SignInPageSteps.Next}");
        await tab.ClickAsync("Sign out, and use another account");
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.ArriveAsync(server);
        tab.IsContent();
    }

    [Fact]
    public async Task MF_06_A_ticket_that_is_over_leads_back_to_the_start()
    {
        var person = (await client.MakeUserAsync(new { totp = true })).Person();
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.SaysAsync("Confirm that it is you");
        await client.AgeAsync(person, "10m");
        await tab.FillAsync("Code", "000000");
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Please begin again");
        await tab.ClickAsync("Back to the start");
        await tab.SaysAsync("Sign in");
    }

    [Fact]
    public async Task An_account_that_exists_is_connected_by_its_password()
    {
        var person = (await client.MakeUserAsync()).Person();
        await client.PostAsync(TestingSteps.Provider, new { next = "verified", email = person.Email });
        await tab.OpenSignInAsync(server);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
        await tab.SaysAsync("You have an account already");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("You have an account already");
        await tab.FillAsync("Password of that account", "not-my-tulips-1");
        await tab.ClickAsync("Connect and sign in");
        await tab.NoticesAsync("connect-notice", "That is not right.");
        Assert.Equal(0, await ConnectedAsync(person));
        await tab.FillAsync("Password of that account", person.Password);
        await tab.ClickAsync("Connect and sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await ConnectedAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task An_account_that_exists_is_connected_by_a_mailed_code()
    {
        var person = (await client.MakeUserAsync()).Person();
        await client.PostAsync(TestingSteps.Provider, new { next = "verified", email = person.Email });
        await tab.OpenSignInAsync(server);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
        await tab.SaysAsync("You have an account already");
        await tab.ClickAsync("Have a code mailed to you");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code", LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email)));
        await tab.ClickAsync("Connect and sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await ConnectedAsync(person));
        tab.IsContent();
    }

    private Task<long> ConnectedAsync(Person person) => server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", "u.email = @email", ("email", person.Email));

    [Fact]
    public async Task An_address_that_is_missing_is_proved_by_the_code_that_its_mail_shows()
    {
        var email = Some.Email();
        await client.PostAsync(TestingSteps.Provider, new { next = "no_email" });
        await tab.OpenSignInAsync(server);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
        await tab.SaysAsync("We need your email address");
        await tab.FillAsync("Email", email);
        await tab.ClickAsync("Send the mail");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code", await server.ShownCodeAsync(email));
        await tab.ClickAsync("Sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_deleted_account_is_had_back()
    {
        var person = await client.SignInMadeAsync();
        await client.DeleteAccountAsync(person.Password);
        await tab.OpenSignInAsync(server);
        await tab.SignInByPasswordAsync(person.Email, person.Password);
        await tab.SaysAsync("This account was deleted");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
        await tab.ClickAsync("Have it back and sign in");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
        tab.IsContent();
    }

    [Fact]
    public async Task Who_came_from_a_provider_has_a_deleted_account_back_there()
    {
        await GoAsync();
        await tab.ArriveAsync(server);
        await tab.Page.Context.ClearCookiesAsync();
        await server.Database.ExecuteAsync("UPDATE users SET deleted_at = now(), erase_after = now() + interval '14 days' WHERE email = 'ada@example.com'");
        await GoAsync();
        await tab.SaysAsync("This account was deleted");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Have it back with Fake provider" }).ClickAsync();
        await tab.ChoosePersonAsync("Ada Authoritative");
        await tab.ArriveAsync(server);
        Assert.Equal(1, await server.Database.UsersAsync("ada@example.com", "deleted_at IS NULL"));
        tab.IsContent();

        async Task GoAsync()
        {
            await tab.OpenSignInAsync(server);
            await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" }).ClickAsync();
            await tab.ChoosePersonAsync("Ada Authoritative");
        }
    }

    [Fact]
    public async Task An_address_that_must_be_verified_is_verified_on_the_way()
    {
        await using var strict = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:RequireVerifiedEmail", "true"), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        var person = (await client.MakeUserAsync(new { verified = false })).Person();
        await tab.OpenSignInAsync(strict);
        await tab.SignInByPasswordAsync(person.Email, person.Password);
        await tab.SaysAsync("Please verify your email first");
        await Assertions.Expect(tab.Page.Locator("#unverified-email")).ToHaveValueAsync(person.Email);
        await server.Mailbox.WaitAsync(person.Email);
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        await tab.ClickAsync("Send a new mail");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code", Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email, 2)));
        await tab.ClickAsync("Verify and sign in");
        await tab.ArriveAsync(strict);
        Assert.True(await server.Database.IsVerifiedAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task SG_03_A_second_factor_that_is_demanded_is_added_and_its_recovery_codes_are_shown()
    {
        await using var strict = await TestServer.StartOnAsync(server.Database.ConnectionString, (PolicyServers.Required, "everybody"), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        var person = (await client.MakeUserAsync()).Person();
        await EnrolAsync(strict, person);
        await tab.ClickAsync("Add an authenticator app");
        await tab.SaysAsync("Add your authenticator app");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = "QR code for your authenticator app" })).ToBeVisibleAsync();
        var secret = (await tab.Page.Locator("[data-fill=secret]").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await tab.FillAsync("Code from the app", FactorSteps.WrongCode(secret));
        await tab.ClickAsync("Add the app and sign in");
        await Assertions.Expect(tab.Page.Locator("#enrol-app-code")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        await tab.FillAsync("Code from the app", FactorSteps.CodeOf(secret));
        await tab.ClickAsync("Add the app and sign in");
        await tab.SaysAsync("Keep your recovery codes");
        await Assertions.Expect(tab.Page.Locator("#recovery-codes li")).ToHaveCountAsync(10);
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "Save them as a file" }).ClickAsync());
        Assert.Equal("recovery-codes.txt", download.SuggestedFilename);
        await tab.ClickAsync("I have kept them");
        await tab.ArriveAsync(strict);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task SG_03_A_passkey_does_as_well()
    {
        await using var strict = await TestServer.StartOnAsync(server.Database.ConnectionString, (PolicyServers.Required, "everybody"), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        var person = (await client.MakeUserAsync()).Person();
        await ChromiumAuthenticator.OnAsync(tab, "about:blank");
        await EnrolAsync(strict, person);
        await tab.ClickAsync("Add a passkey");
        await tab.SaysAsync("Keep your recovery codes");
        await tab.ClickAsync("I have kept them");
        await tab.ArriveAsync(strict);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    /// <summary>As far as the choice of a factor, with the mailed code typed.</summary>
    private async Task EnrolAsync(TestServer strict, Person person)
    {
        await tab.OpenSignInAsync(strict);
        await tab.SignInByPasswordAsync(person.Username, person.Password);
        await tab.SaysAsync("One more step");
        await tab.ClickAsync("Send the code");
        await tab.SaysAsync("Look in your inbox");
        await tab.FillAsync("Code from our mail", LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email)));
    }
}
