using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>The three front ends of Flask's tutorials as they stand, in a real browser, on another origin than the server's.</summary>
[Trait("Pace", "long")]
public sealed class BrowserTutorialTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Session = "accounts_session";

    private TestServer server = null!;
    private TutorialSite site = null!;
    private BrowserTab tab = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, EveryLibrary.Enabled);
        site = await TutorialSite.StartAsync();
        tab = await browser.OpenAsync();
        using var client = server.Client();
        person = await server.RegisterVerifiedAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await site.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_front_end_that_keeps_a_session_token_signs_in_and_the_token_is_no_credential()
    {
        await tab.OpenAsync(site.Page("session-token", server));
        await SubmitAsync("Email", person.Email, "wrong-tulips-44", "Log in");
        await tab.ShowsStatusAsync("Invalid credentials");
        await tab.FillAsync("Email", "");
        await tab.ClickAsync("Log in");
        await tab.ShowsStatusAsync("Email and password required");
        await SubmitAsync("Email", person.Email, person.Password, "Log in");
        await tab.ShowsStatusAsync($"Hello {person.Email}");
        await tab.Page.ReloadAsync();
        Assert.Equal(person.Email, await tab.Page.EvaluateAsync<string>("whoAmI()"));
        Assert.Equal("in-cookie", await tab.Page.EvaluateAsync<string>("localStorage.getItem('sessionToken')"));
        Assert.True(Assert.Single(await tab.Page.Context.CookiesAsync(), cookie => cookie.Name == Session).HttpOnly);
        await tab.Page.Context.ClearCookiesAsync();
        Assert.Equal(401, await tab.Page.EvaluateAsync<int>("whoAmI()"));
    }

    [Fact]
    public async Task The_front_end_with_auth_and_a_cookie_does_all_that_it_does()
    {
        await tab.OpenAsync(site.Page("auth-cookie", server));
        var other = Some.Person();
        await SaysAsync("register({})", "400 All fields required");
        await SaysAsync($"register({Js(other)})", "201 User registered");
        await SaysAsync($"register({Js(other)})", "409 Username already taken");
        await SaysAsync($"register({Js(other with { Username = Some.Username() })})", "409 Email already registered");
        await SaysAsync("verify('wrong')", "400 Invalid token");
        await SaysAsync($"verify('{await server.Mailbox.TokenAsync(other.Email)}')", "200 Email verified!");
        await SaysAsync("currentUser()", "200 nobody");
        await SaysAsync("profile()", "401 Login required");
        await SaysAsync("login({ username: 'x' })", "400 missing credentials");
        await SaysAsync("login({ username: 'x', password: 'y' })", "401 invalid credentials");
        await SaysAsync($"login({Js(other)})", "200 login successful");
        await tab.Page.ReloadAsync();
        await SaysAsync("currentUser()", $"200 {other.Username}");
        await SaysAsync("profile()", $"200 {other.Username}");
        await SaysAsync("users()", "403 Admin access required");
        await SaysAsync($"updateProfile({{ username: '{person.Username}' }})", "409 Username already taken");
        await SaysAsync($"updateProfile({{ username: '{Some.Username()}' }})", "200 Profile updated");
        await SaysAsync($"changePassword('wrong-tulips-44', '{Some.OtherPassword}')", "401 Current password incorrect");
        await SaysAsync($"changePassword('{other.Password}', '{Some.OtherPassword}')", "200 Password changed");
        await SaysAsync("logout()", "200 logged out");
        await SaysAsync("currentUser()", "200 nobody");
        await SaysAsync($"requestReset('{other.Email}')", "200 If email exists, reset link sent");
        var token = Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync(other.Email, 1))[^1]);
        await SaysAsync("resetPassword('wrong', 'third-tulips-44')", "400 Invalid or expired token");
        await SaysAsync($"resetPassword('{token}', 'third-tulips-44')", "200 Password reset successful");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(other));
    }

    [Fact]
    public async Task The_front_end_that_authenticates_reads_text_and_messages()
    {
        await tab.OpenAsync(site.Page("authenticate", server));
        Assert.Equal("Authentication Token is missing!", await tab.Page.EvaluateAsync<string>("open('')"));
        await tab.ClickAsync("Authenticate");
        await tab.ShowsStatusAsync("User ID is missing");
        await tab.FillAsync("User ID", person.Username);
        await tab.ClickAsync("Authenticate");
        await tab.ShowsStatusAsync("Password is missing");
        await SubmitAsync("User ID", person.Username, "wrong-tulips-44", "Authenticate");
        await tab.ShowsStatusAsync("Invalid user id or password");
        await SubmitAsync("User ID", person.Username, person.Password, "Authenticate");
        await tab.ShowsStatusAsync($"Authentication for {person.Username} successful");
        Assert.Equal("Insufficient permissions. Required roles: staff", await tab.Page.EvaluateAsync<string>("open('staff')"));
        Assert.Equal($"Authentication for {person.Username} successful", await tab.Page.EvaluateAsync<string>("open('')"));
    }

    private async Task SubmitAsync(string label, string name, string password, string button)
    {
        await tab.FillAsync(label, name);
        await tab.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await tab.ClickAsync(button);
    }

    private async Task SaysAsync(string call, string answer) => Assert.Equal(answer, await tab.Page.EvaluateAsync<string>($"app.{call}"));

    private static string Js(Person person) => $"{{ username: '{person.Username}', email: '{person.Email}', password: '{person.Password}' }}";
}
