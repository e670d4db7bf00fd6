using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page of a mail that signs in asks for the second factor of who has one.</summary>
[Trait("Pace", "long")]
public sealed class BrowserMailFactorTests(EmailCodesServer shared, Browser browser) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
    /// <summary>What a page of a front end does.</summary>
    internal const string AddPasskey = """
        async ({ email, password }) => {
          const call = async (path, body, access) => {
            const headers = { 'Content-Type': 'application/json', ...(access ? { Authorization: `Bearer ${access}` } : {}) };
            const response = await fetch(`/api/auth/${path}/`, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
            return { status: response.status, ...await response.json() };
          };
          const { access } = await call('login', { email, password });
          const begun = await call('factors/passkeys/begin', {}, access);
          const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(begun.publicKey) });
          return (await call('factors/passkeys/finish', { state: begun.state, passkey: made.toJSON() }, access)).status;
        }
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

    private async Task<Enrolled> EnrolAsync()
    {
        using var client = server.Client();
        await client.SignInAsync(person);
        return await client.EnrolAsync();
    }

    [Fact]
    public async Task MF_06_Who_has_an_authenticator_app_types_its_code_before_anybody_is_signed_in()
    {
        var enrolled = await EnrolAsync();
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        await Assertions.Expect(tab.Page.GetByText("Enter a code of your authenticator app, or one of your recovery codes.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })).ToHaveCountAsync(0);
        Assert.Equal(["attempt"], await tab.CookiesAsync());
        await tab.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync(FactorSteps.WrongCode(enrolled.Secret));
        await tab.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#factor-notice")).ToContainTextAsync("That is not it");
        await Assertions.Expect(tab.Page.Locator("#factor-code")).ToBeFocusedAsync();
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        await tab.PressAsync("Control+A");
        await tab.Page.Keyboard.TypeAsync(FactorSteps.CodeOf(enrolled.Secret, 1));
        await tab.PressAsync("Enter");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        Assert.Equal(["attempt", "device", "refresh_token"], await tab.CookiesAsync());
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.amr = '{mail,otp,mfa}'", ("email", person.Email)));
        tab.IsContent();
    }

    [Fact]
    public async Task MF_06_A_reload_in_the_middle_loses_nothing_and_leaves_nothing_behind()
    {
        var enrolled = await EnrolAsync();
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("Confirm that it is you");
        await Assertions.Expect(tab.Page.Locator("#factor [data-fill=ask]")).ToContainTextAsync("Enter a code of your authenticator app, or one of your recovery codes.");
        Assert.Equal(["attempt"], await tab.CookiesAsync());
        // It is this tab's alone.
        await using var another = await tab.OpenAnotherAsync();
        await another.OpenAsync($"{server.Address}sign-in/code");
        await another.SaysAsync("Open the link in our mail");
        await tab.FillAsync("Code", enrolled.RecoveryCodes[0]);
        await tab.ClickAsync("Sign in");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        await tab.OpenAsync($"{server.Address}sign-in/code");
        await tab.SaysAsync("Open the link in our mail");
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.amr = '{mail,otp,mfa}'", ("email", person.Email)));
        tab.IsContent();
    }

    [Fact]
    public async Task A_reload_after_the_time_says_so_and_a_link_begins_anew()
    {
        await EnrolAsync();
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        await tab.Page.EvaluateAsync("() => sessionStorage.setItem('sign-in-code', JSON.stringify({ ...JSON.parse(sessionStorage.getItem('sign-in-code')), until: 0 }))");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("Please begin again");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("Open the link in our mail");
        await tab.Page.EvaluateAsync("() => sessionStorage.setItem('sign-in-code', JSON.stringify({ ticket: 'x', methods: ['totp'], until: Date.now() + 60000 }))");
        await tab.OpenAsync($"{server.Address}sign-in/code#token={new string('x', 43)}");
        await tab.SaysAsync("This link does not work any more");
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("sessionStorage.length"));
        tab.IsContent();
    }

    [Fact]
    public async Task MF_06_With_a_front_end_a_recovery_code_leads_on_there()
    {
        const string FrontEnd = "https://app.example.test/";
        await using var other = await shared.StartAnotherAsync(("Accounts:EmailCodes:Enabled", "true"), ("Accounts:FrontendUrl", FrontEnd));
        using var client = other.Client();
        var somebody = await other.RegisterVerifiedAsync(client);
        await client.SignInAsync(somebody);
        var enrolled = await client.EnrolAsync();
        await tab.Page.RouteAsync($"{FrontEnd}**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><link rel=icon href=data:,><h1>The app</h1>" }));
        await tab.OpenAsync(await other.AskLinkAsync(tab, somebody.Email));
        await tab.ClickAsync("Sign in");
        await tab.FillAsync("Code", enrolled.RecoveryCodes[0]);
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("The app");
        Assert.Equal(1, await other.Database.CountAsync("sessions", "amr = '{mail,otp,mfa}'"));
    }

    [Fact]
    public async Task MF_06_Who_has_a_passkey_uses_it_here()
    {
        var devtools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await tab.OpenAsync($"{server.Address}forgot-password");
        Assert.Equal(201, await tab.Page.EvaluateAsync<int>(AddPasskey, new { email = person.Email, password = person.Password }));
        await tab.Page.Context.ClearCookiesAsync();
        var sessions = await server.Database.LiveSessionsAsync(person);
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        await Assertions.Expect(tab.Page.GetByText("Use a passkey, or enter one of your recovery codes.")).ToBeVisibleAsync();
        await tab.ClickAsync("Use a passkey");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        Assert.Equal(sessions + 1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.amr @> '{mail,mfa}'", ("email", person.Email)));
        tab.IsContent();
    }

    [Fact]
    public async Task A_passkey_that_does_not_answer_leaves_the_recovery_codes()
    {
        using var client = server.Client();
        await client.SignInAsync(person);
        var added = await client.AddPasskeyAsync(client.Authenticator());
        Assert.True(added.Status == 201, added.ToString());
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.Page.EvaluateAsync("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }");
        await tab.ClickAsync("Sign in");
        await tab.ClickAsync("Use a passkey");
        await Assertions.Expect(tab.Page.Locator("#factor-notice")).ToHaveTextAsync("That did not work. Please try again, or enter a code.");
        await tab.FillAsync("Code", added.Codes()[0]);
        await tab.ClickAsync("Sign in");
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        tab.IsContent();
    }

    [Theory]
    [InlineData("five wrong codes"), InlineData("5 minutes")]
    public async Task Who_is_too_late_for_the_factor_is_told_to_begin_again(string what)
    {
        var enrolled = await EnrolAsync();
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        if (what == "5 minutes")
        {
            await server.Database.AgeTicketsAsync(person);
        }
        else
        {
            await server.Database.ExecuteAsync("UPDATE sign_in_tickets t SET attempts = 5 FROM users u WHERE u.id = t.user_id AND u.email = @email", ("email", person.Email));
        }
        await tab.FillAsync("Code", enrolled.RecoveryCodes[0]);
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Please begin again");
        Assert.Equal(["attempt"], await tab.CookiesAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task Who_has_to_add_a_factor_first_is_told_where()
    {
        await using var other = await shared.StartAnotherAsync(("Accounts:EmailCodes:Enabled", "true"), ("Accounts:SecondFactor:Required", "everybody"));
        using var client = other.Client();
        var somebody = await other.RegisterVerifiedAsync(client);
        await tab.OpenAsync(await other.AskLinkAsync(tab, somebody.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("You cannot sign in now");
        await Assertions.Expect(tab.Page.Locator("[data-fill=refusal]")).ToContainTextAsync("Go back to where you were signing in");
        Assert.DoesNotContain("refresh_token", await tab.CookiesAsync());
        Assert.Equal(0, await other.Database.LiveSessionsAsync(somebody));
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await EnrolAsync();
        await tab.Page.SetViewportSizeAsync(width, 900);
        await tab.OpenAsync(await server.AskLinkAsync(tab, person.Email));
        await tab.ClickAsync("Sign in");
        await tab.SaysAsync("Confirm that it is you");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
