using Accounts.Tests.NewDevices;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>All that may happen to an account, from its beginning to its end, by the keyboard alone.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAccountLifeTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private readonly Person person = Some.Person();
    private readonly string moved = Some.Email();
    private string recoveryCode = "";
    private TestServer server = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        tab = await browser.OpenAsync();
        await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}sign-up");
        // It would take what is proposed before anybody has pressed a key.
        await tab.Page.AddInitScriptAsync("if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false");
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_account_is_made_used_stolen_had_back_deleted_and_restored_by_the_keyboard_alone()
    {
        await SignUpAsync();
        await AddPasskeyAsync();
        await SignOutAsync();
        await LetTimePassAsync();
        await SignInByPasskeyAsync();
        await MoveAsync();
        await FreezeAndRecoverAsync();
        await SignInByPasskeyAsync();
        await SignTheOtherDeviceOutAsync();
        await DeleteAsync();
        await ComeBackAsync();
        tab.IsContent();
    }

    private async Task SignUpAsync()
    {
        await TypeAsync("Username", person.Username);
        await TypeAsync("Email", person.Email);
        await TypeAsync("Password", person.Password);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Look in your inbox");
        await tab.OpenAsync(AccountPageSteps.LinkOf(await server.Mailbox.WaitAsync(person.Email)));
        await tab.SaysAsync("Your email is verified");
        Assert.True(await server.Database.IsVerifiedAsync(person));
        await tab.OpenAsync($"{server.Address}account#passkeys");
        await tab.SaysAsync("Sign in");
        await TypeAsync("Email or username", person.Username);
        await TypeAsync("Password", person.Password);
        await tab.PressAsync("Enter");
    }

    private async Task AddPasskeyAsync()
    {
        await tab.SaysAsync("Passkeys");
        await tab.ReachAndPressAsync("Add a passkey");
        await tab.SaysAsync("Keep your recovery codes");
        recoveryCode = (await tab.Page.Locator("#code-list li").First.TextContentAsync())!;
        await tab.ReachAndPressAsync("I have kept them");
        Assert.Equal(1, await server.Database.CountAsync("passkeys"));
    }

    private async Task SignOutAsync()
    {
        await tab.ReachAndPressAsync("Sign out");
        await tab.Page.WaitForURLAsync($"{server.Address}signed-out");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    /// <summary>A second factor of the last 7 days would go with the freeze, and make its owner wait for a day.</summary>
    private async Task LetTimePassAsync()
    {
        using var client = server.Client();
        Assert.Equal(200, (await client.PostAsync("/dev/testing/age/", new { by = "8d" })).Status);
    }

    private async Task SignInByPasskeyAsync()
    {
        await tab.OpenAsync($"{server.Address}account");
        await tab.SaysAsync("Sign in");
        await tab.ReachAndPressAsync("Use a passkey");
        await tab.SaysAsync("Profile");
    }

    private async Task MoveAsync()
    {
        await tab.ReachAndPressAsync("Email address");
        await tab.SaysAsync("Email address");
        await TypeAsync("New address", moved);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Look in your inbox");
        await tab.OpenAsync(AccountPageSteps.LinkOf(await server.Mailbox.WaitAsync(moved)));
        await tab.ReachAndPressAsync("Yes, use this address");
        await tab.SaysAsync("Your new email is confirmed");
        Assert.Equal(1, await server.Database.UsersAsync(moved));
    }

    private async Task FreezeAndRecoverAsync()
    {
        await tab.OpenAsync($"{server.Address}security#token={await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved)}");
        await tab.SaysAsync("Was this you?");
        await tab.ReachAndPressAsync("No, freeze the account");
        await tab.SaysAsync("The account is frozen");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person with { Email = moved }));
        await tab.OpenAsync($"{server.Address}recover-account#token={await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen)}");
        await tab.SaysAsync("Have your account back");
        await TypeAsync("New password", Some.OtherPassword);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Confirm that it is you");
        await tab.ReachAndPressAsync("Use a passkey");
        await tab.SaysAsync("Your account is as it was");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    private async Task SignTheOtherDeviceOutAsync()
    {
        using var phone = server.Client(UserAgents.Chrome);
        var begun = await phone.LoginAsync(person with { Password = Some.OtherPassword });
        phone.Access = (await phone.PostAsync("/api/auth/login/second-factor/", new { ticket = begun["ticket"], code = recoveryCode }))["access"];
        Assert.Equal(200, (await phone.MeAsync()).Status);
        await tab.ReachAndPressAsync("Devices");
        await tab.SaysAsync("Devices");
        await tab.ReachAndPressAsync("Sign out Chrome on Windows");
        await tab.TellsAsync("is signed out.");
        await phone.AssertOutAsync();
    }

    private async Task DeleteAsync()
    {
        await tab.ReachAndPressAsync("Delete account");
        await tab.SaysAsync("Delete account");
        await tab.ReachAndPressAsync("Delete my account");
        await tab.SaysAsync("Delete your account?");
        await tab.ReachAndPressAsync("Yes, delete it");
        await tab.SaysAsync("Your account is deleted");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
    }

    private async Task ComeBackAsync()
    {
        await tab.ReachAndPressAsync("Sign in and have it back");
        await tab.SaysAsync("Sign in");
        await tab.ReachAndPressAsync("Use a passkey");
        await tab.SaysAsync("This account was deleted");
        await tab.ReachAndPressAsync("Have it back and sign in");
        await tab.SaysAsync("Profile");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    private async Task TypeAsync(string label, string text)
    {
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true })).ToBeVisibleAsync();
        await tab.ReachAsync(label);
        await tab.Page.Keyboard.TypeAsync(text);
    }
}
