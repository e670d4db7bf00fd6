using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>What one page does with the client: signing up and in, steps, proofs, and where its token goes.</summary>
[Trait("Pace", "long")]
public sealed class BrowserClientTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ClientApp app = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:EmailCodes:Enabled", "true"));
        app = await ClientApp.StartAsync(server.Address);
        tab = await browser.OpenAsync();
        Assert.Null(await tab.OpenAppAsync(app));
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_signs_up_confirms_the_address_signs_in_reloads_and_signs_out()
    {
        var person = Some.Person();
        await tab.RunAsync("accounts.register(given)", new { username = person.Username, email = person.Email, password = person.Password });
        await tab.RunAsync("accounts.verifyEmail({ token: given })", await server.Mailbox.TokenAsync(person.Email));
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(person.Username, (await tab.LoginAsync(person)).GetProperty("user").Text("username"));
        Assert.Equal(person.Username, await tab.OpenAppAsync(app));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 1"));
        await tab.RunAsync("accounts.logout()");
        Assert.Null(await tab.OpenAppAsync(app));
        tab.IsContent();
    }

    [Fact]
    public async Task The_token_is_stored_nowhere_and_no_answer_hands_it_out()
    {
        var login = await tab.LoginAsync(await RegisteredAsync());
        var stored = await tab.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + JSON.stringify(accounts)");
        Assert.DoesNotContain("eyJ", stored + login, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_status_code_and_field()
    {
        var fields = await tab.RunAsync("accounts.register({ email: 'nobody' })");
        Assert.Equal(("400", "invalid"), (fields.Text("status"), fields.Text("error")));
        Assert.Equal("""["Enter a valid email address."]""", fields.GetProperty("fields").Text("email"));
        var wrong = await tab.LoginAsync(Some.Person());
        Assert.Equal(("401", "invalid_credentials"), (wrong.Text("status"), wrong.Text("error")));
        Assert.Null(await tab.UserAsync());
    }

    [Fact]
    public async Task A_wrong_password_while_somebody_is_signed_in_signs_nobody_out_and_refreshes_nothing()
    {
        var person = await RegisteredAsync();
        await tab.LoginAsync(person);
        using var refreshes = new RefreshCount(server);
        Assert.Equal("invalid_credentials", (await tab.LoginAsync(person with { Password = Some.OtherPassword })).Text("error"));
        Assert.Equal("invalid", (await tab.RunAsync("accounts.reauthenticate({ password: 'wrong' })")).Text("error"));
        Assert.Equal(0, refreshes.Next());
        Assert.Equal(person.Username, await tab.MeAsync());
        await server.Database.CountedAsync(person, "sign_in_failed", 2);
    }

    [Fact]
    public async Task A_second_factor_is_a_step_and_no_failure()
    {
        using var client = server.Client();
        var (person, app) = await server.EnrolSomebodyAsync(client);
        var step = await tab.LoginAsync(person);
        Assert.Equal("second_factor_required", step.Text("step"));
        Assert.Null(await tab.UserAsync());
        await server.Database.ForgetStepsAsync(person);
        await tab.RunAsync("accounts.secondFactor(given)", new { ticket = step.Text("ticket"), code = FactorSteps.CodeOf(app.Secret) });
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Fact]
    public async Task A_code_by_mail_signs_in()
    {
        var person = await RegisteredAsync();
        await tab.RunAsync("accounts.emailCode.send({ email: given })", person.Email);
        var code = Code((await server.Mailbox.WaitAsync(person.Email, 2)).Text);
        await tab.RunAsync("accounts.emailCode.confirm({ code: given })", code);
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Fact]
    public async Task A_new_password_ends_other_sessions_and_this_page_goes_on()
    {
        var person = await RegisteredAsync();
        await tab.LoginAsync(person);
        await tab.RunAsync("accounts.changePassword(given)", new { old_password = person.Password, new_password = Some.OtherPassword });
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(person.Username, await tab.OpenAppAsync(app));
        Assert.Equal(1, (await tab.RunAsync("accounts.sessions.list()")).GetArrayLength());
    }

    [Fact]
    public async Task What_asks_for_a_proof_is_repeated_after_it()
    {
        var person = await SignInOldAsync();
        await tab.Page.EvaluateAsync("given => { window.prove = async challenge => { window.challenge = challenge; await accounts.reauthenticate({ password: given }); return true; }; }", person.Password);
        var answer = await tab.RunAsync("Promise.all([accounts.call('GET', 'me/export/'), accounts.call('GET', 'me/export/')])");
        Assert.All(answer.EnumerateArray(), export => Assert.Contains(person.Email, export.ToString(), StringComparison.Ordinal));
        var challenge = await tab.RunAsync("challenge");
        Assert.Equal(("""["password"]""", "600"), (challenge.Text("methods"), challenge.Text("max_age")));
        Assert.Equal(1, await server.Database.EventsAsync(person, "reauthenticated"));
    }

    [Fact]
    public async Task Who_gives_no_proof_gets_the_refusal()
    {
        await SignInOldAsync();
        Assert.Equal("reauthentication_required", (await tab.RunAsync("accounts.call('GET', 'me/export/')")).Text("error"));
    }

    [Fact]
    public async Task A_service_that_asks_for_more_is_understood_by_its_header()
    {
        await tab.LoginAsync(await RegisteredAsync());
        await tab.Page.EvaluateAsync("() => { window.prove = challenge => { window.challenge = challenge; }; }");
        Assert.Equal(401, (await tab.RunAsync("accounts.fetch('/demanding').then(answer => answer.status)")).GetInt32());
        var challenge = await tab.RunAsync("challenge");
        Assert.Equal(("60", "aal2"), (challenge.Text("max_age"), challenge.Text("acr")));
    }

    [Fact]
    public async Task The_token_goes_to_the_server_and_to_listed_origins_alone()
    {
        await tab.LoginAsync(await RegisteredAsync());
        var body = await tab.RunAsync("accounts.fetch('/token', { method: 'POST', body: 'x' }).then(answer => answer.text())");
        Assert.StartsWith("Bearer eyJ", body.GetString(), StringComparison.Ordinal);
        var foreign = app.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        var request = await tab.Page.RunAndWaitForRequestAsync(() => tab.RunAsync("accounts.fetch(given, { mode: 'no-cors' }).then(() => 0)", $"{foreign}token"), $"{foreign}token");
        Assert.DoesNotContain("authorization", await request.AllHeadersAsync());
        var unlisted = "import(given + 'accounts.js').then(async ({ createAccounts }) => { const one = createAccounts({ baseUrl: given }); await one.start(); return (await one.fetch('/token')).text(); })";
        Assert.Equal("", (await tab.RunAsync(unlisted, $"{server.Address}")).GetString());
    }

    private async Task<Person> RegisteredAsync()
    {
        using var client = server.Client();
        return await server.RegisterVerifiedAsync(client);
    }

    /// <summary>Signed in 11 minutes ago.</summary>
    private async Task<Person> SignInOldAsync()
    {
        var person = await RegisteredAsync();
        await tab.LoginAsync(person);
        await server.Database.ExecuteAsync("UPDATE sessions SET auth_time = auth_time - interval '11 minutes'");
        await tab.OpenAppAsync(app);
        return person;
    }

    private static string Code(string text) => System.Text.RegularExpressions.Regex.Match(text, @"\b\d{8}\b").Value;
}
