using Accounts.Tests.Passkeys;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Passkeys, authenticator apps, recovery codes, and proving once more who one is, on the page of one's own account.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAccountFactorTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    /// <summary>What the page tells a browser that can be told, in place of a browser that can.</summary>
    private const string Listen = """
        window.told = [];
        // A page without an address has none.
        if (window.PublicKeyCredential) for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials', 'signalCurrentUserDetails'])
          PublicKeyCredential[name] = async options => { window.told.push([name, options]); };
        """;

    private readonly TestServer server = shared.Server;
    private Person person = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        tab = await browser.OpenAsync();
        using var client = server.Client();
        person = await server.RegisterVerifiedAsync(client);
    }

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Fact]
    public async Task A_passkey_is_added_named_and_removed_and_the_browser_is_told()
    {
        await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}forgot-password");
        await tab.Page.AddInitScriptAsync(Listen);
        await tab.EnterAsync(server, person, "passkeys");
        await Assertions.Expect(tab.Page.Locator("#passkeys-none")).ToBeVisibleAsync();
        await tab.ClickAsync("Add a passkey");
        await tab.SaysAsync("Keep your recovery codes");
        await Assertions.Expect(tab.Page.Locator("#code-list li")).ToHaveCountAsync(10);
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.ClickAsync("Download"));
        Assert.Equal("recovery-codes.txt", file.SuggestedFilename);
        await tab.ClickAsync("I have kept them");
        await tab.SaysAsync("Passkeys");
        Assert.Equal(1, await PasskeysAsync());
        var (id, handle) = (await ToldAsync("signalAllAcceptedCredentials", "allAcceptedCredentialIds"), await ToldAsync("signalAllAcceptedCredentials", "userId"));
        await tab.ClickAsync("Rename Passkey");
        await tab.FillAsync("Name", "My laptop");
        await tab.PressAsync("Enter");
        await tab.TellsAsync("The name is changed.");
        Assert.Equal(1, await PasskeysAsync("p.name = 'My laptop'"));
        await tab.ClickAsync("Remove My laptop");
        await tab.AgreeAsync();
        // Who has a factor is asked for it, however lately the password was typed.
        await tab.ClickAsync("Use a passkey");
        await tab.TellsAsync("is removed.");
        Assert.Equal(0, await PasskeysAsync());
        Assert.Equal(id, await ToldAsync("signalUnknownCredential", "credentialId"));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"rtrim(translate(encode(passkey_handle, 'base64'), E'+/\n', '-_'), '=') = '{handle}'"));
        tab.IsContent();
    }

    [Fact]
    public async Task An_authenticator_app_is_added_and_new_codes_are_made()
    {
        await tab.EnterAsync(server, person, "two-step");
        await tab.ClickAsync("Add an authenticator app");
        await Assertions.Expect(tab.Page.Locator("#app-picture")).ToBeVisibleAsync();
        var secret = (await tab.Page.Locator("#app-secret").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await tab.FillAsync("Code that the app shows", FactorSteps.WrongCode(secret));
        await tab.ClickAsync("Turn it on");
        await tab.BlamesAsync("#app-code", "Enter the code that the app shows now.");
        await tab.FillAsync("Code that the app shows", FactorSteps.CodeOf(secret));
        await tab.FillAsync("A name for it (optional)", "My phone");
        await tab.ClickAsync("Turn it on");
        await tab.SaysAsync("Keep your recovery codes");
        Assert.Equal(1, await server.Database.TotpFactorsAsync(person, "f.name = 'My phone' AND f.confirmed_at IS NOT NULL"));
        var before = await tab.Page.Locator("#code-list").TextContentAsync();
        await tab.ClickAsync("I have kept them");
        await tab.SaysAsync("Two-step sign-in");
        await tab.ClickAsync("Make new codes");
        await tab.AgreeAsync();
        await ProveAsync(secret);
        await tab.SaysAsync("Keep your recovery codes");
        Assert.NotEqual(before, await tab.Page.Locator("#code-list").TextContentAsync());
        Assert.Equal(10, await server.Database.RecoveryCodesAsync(person, "c.used_at IS NULL"));
        tab.IsContent();
    }

    [Fact]
    public async Task Who_has_signed_in_long_ago_proves_it_and_what_was_asked_is_done()
    {
        await tab.EnterAsync(server, person, "tokens");
        await tab.SaysAsync("Access for programs");
        await server.Database.ForgetProofAsync(person);
        await tab.Page.ReloadAsync();
        await tab.FillAsync("Name", "Backup");
        await tab.ReachAndPressAsync("Make the token");
        await tab.SaysAsync("Confirm that it is you");
        await Assertions.Expect(tab.Page.Locator("#confirm-password")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("wrong-horse-1");
        await tab.PressAsync("Enter");
        await tab.BlamesAsync("#confirm-password", "Your password was entered incorrectly.");
        await tab.PressAsync("Escape");
        await Assertions.Expect(tab.Page.Locator("#part-tokens form .notice")).ToContainTextAsync("Nothing was changed");
        Assert.Equal(0, await TokensAsync());
        await tab.ReachAndPressAsync("Make the token");
        await Assertions.Expect(tab.Page.Locator("#confirm-password")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync(person.Password);
        await tab.PressAsync("Enter");
        await tab.SaysAsync("Your new token");
        Assert.Equal(1, await TokensAsync());
        tab.IsContent();
    }

    /// <summary>With the code after the one that has confirmed the app, which is spent.</summary>
    private async Task ProveAsync(string secret)
    {
        await tab.SaysAsync("Confirm that it is you");
        await tab.FillAsync("Code", FactorSteps.CodeOf(secret, 1));
        await tab.ClickAsync("Confirm");
    }

    private Task<string> ToldAsync(string signal, string member) => tab.Page.EvaluateAsync<string>(
        "([signal, member]) => String(window.told.find(([name]) => name === signal)[1][member])", new[] { signal, member });

    private Task<long> PasskeysAsync(string where = "true") =>
        server.Database.CountAsync("passkeys p JOIN users u ON u.id = p.user_id", $"u.email = @email AND {where}", ("email", person.Email));

    private Task<long> TokensAsync() => server.Database.CountAsync("api_tokens t JOIN users u ON u.id = t.user_id", "u.email = @email", ("email", person.Email));
}
