using System.Text.RegularExpressions;
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
public sealed partial class BrowserAccountLifeTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    /// <summary>As a front end signs in by a passkey.</summary>
    private const string EnterByPasskey = """
        async () => {
          const { createAccounts } = await import('/accounts.js');
          return (await createAccounts().passkeys.signIn()).user.email;
        }
        """;

    private readonly Person person = Some.Person();
    private readonly string moved = Some.Email();
    private string recoveryCode = "";
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
    public async Task An_account_is_made_used_stolen_had_back_deleted_and_restored_by_the_keyboard_alone()
    {
        using var phone = server.Client(UserAgents.Chrome);
        await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}verify-email");
        Assert.Equal(201, (await phone.RegisterAsync(person)).Status);
        await VerifyAsync();
        await AddPasskeyAsync();
        await SignOutAndInByPasskeyAsync(person.Email);
        await MoveAsync();
        await FreezeAndRecoverAsync();
        await SignTheOtherDeviceOutAsync(phone);
        await DeleteAsync();
        await ComeBackAsync();
        tab.IsContent();
    }

    private async Task VerifyAsync()
    {
        await tab.OpenAsync(AccountPageSteps.LinkOf(await server.Mailbox.WaitAsync(person.Email)));
        await tab.SaysAsync("Did you register?");
        await tab.ReachAndPressAsync("Yes, that was me");
        await tab.SaysAsync("Please enter your password");
        await tab.ReachAsync("Password");
        await tab.Page.Keyboard.TypeAsync(person.Password);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Your email is verified");
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    private async Task AddPasskeyAsync()
    {
        await tab.EnterAsync(server, person);
        await tab.SaysAsync("Profile");
        await tab.ReachAndPressAsync("Passkeys");
        await tab.SaysAsync("Passkeys");
        await tab.ReachAndPressAsync("Add a passkey");
        await ReadMailAsync();
        await tab.SaysAsync("Keep your recovery codes");
        recoveryCode = (await tab.Page.Locator("#code-list li").First.TextContentAsync())!;
        await tab.ReachAndPressAsync("I have kept them");
        Assert.Equal(1, await server.Database.CountAsync("passkeys"));
    }

    /// <summary>Who verified by a link on another device shows once to read the account's mail.</summary>
    private async Task ReadMailAsync()
    {
        await tab.SaysAsync("Confirm that it is you");
        await tab.ReachAndPressAsync("Mail me a code");
        await Assertions.Expect(tab.Page.Locator("#confirm-mail")).ToBeFocusedAsync();
        var mails = server.Mailbox.To(person.Email);
        await Until.TrueAsync(() => Task.FromResult((mails = server.Mailbox.To(person.Email)).Count >= 2), "the code");
        await tab.Page.Keyboard.TypeAsync(EightDigits().Match(mails[^1].Text).Value);
        await tab.PressAsync("Enter");
    }

    private async Task SignOutAndInByPasskeyAsync(string email)
    {
        await tab.ReachAndPressAsync("Sign out");
        await tab.Page.WaitForURLAsync($"{server.Address}signed-out");
        Assert.Equal(email, await tab.Page.EvaluateAsync<string>(EnterByPasskey));
    }

    private async Task MoveAsync()
    {
        await tab.OpenAsync($"{server.Address}account#address");
        await tab.SaysAsync("Email address");
        await tab.ReachAsync("New address");
        await tab.Page.Keyboard.TypeAsync(moved);
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
        await tab.ReachAsync("New password");
        await tab.Page.Keyboard.TypeAsync(Some.OtherPassword);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Confirm that it is you");
        await tab.ReachAndPressAsync("Use a passkey");
        await tab.SaysAsync("Your account is as it was");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    private async Task SignTheOtherDeviceOutAsync(ApiClient phone)
    {
        Assert.Equal(person.Email, await tab.Page.EvaluateAsync<string>(EnterByPasskey));
        var begun = await phone.LoginAsync(person with { Password = Some.OtherPassword });
        phone.Access = (await phone.PostAsync("/api/auth/login/second-factor/", new { ticket = begun["ticket"], code = recoveryCode }))["access"];
        Assert.Equal(200, (await phone.MeAsync()).Status);
        await tab.OpenAsync($"{server.Address}account#devices");
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
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    private async Task ComeBackAsync()
    {
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
        await tab.ReachAndPressAsync("Sign in and have it back");
        await tab.Page.WaitForURLAsync($"{server.Address}sign-in");
        Assert.Equal(person.Email, await tab.Page.EvaluateAsync<string>(EnterByPasskey.Replace("signIn()", "signIn({ restore: true })", StringComparison.Ordinal)));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [GeneratedRegex(@"\b\d{8}\b")]
    private static partial Regex EightDigits();
}
