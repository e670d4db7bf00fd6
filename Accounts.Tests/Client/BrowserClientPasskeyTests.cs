using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Tests.Passkeys;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>Passkeys by the client, with an authenticator of Chromium's, on a page of the server's origin.</summary>
[Trait("Pace", "long")]
public sealed partial class BrowserClientPasskeyTests(PolicyServers servers, Browser browser) : IClassFixture<PolicyServers>, IAsyncLifetime
{
    private BrowserTab tab = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        tab = await browser.OpenAsync();
        using var client = servers.Server.Client();
        person = await servers.Server.RegisterVerifiedAsync(client);
    }

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Fact]
    public async Task One_is_added_named_signs_in_proves_and_is_removed()
    {
        var page = await OpenAsync(servers.For("never"));
        await tab.LoginAsync(person);
        var added = await tab.RunAsync("accounts.passkeys.add({ name: 'My phone' })");
        Assert.Equal(("My phone", 10), (added.Text("name"), added.GetProperty("recovery_codes").GetArrayLength()));
        await tab.RunAsync("accounts.logout()");
        Assert.Equal(person.Username, Name(await tab.RunAsync("accounts.passkeys.signIn({ remember: true })")));

        await AgeAsync();
        await tab.OpenAsync(page);
        Assert.Equal(person.Username, await tab.ReadyAsync());
        var id = (await tab.RunAsync("accounts.factors.list()")).GetProperty("passkeys")[0].Text("id");
        Assert.Equal("reauthentication_required", (await tab.RunAsync("accounts.factors.remove(given)", id)).Text("error"));
        await tab.Page.EvaluateAsync("() => { window.prove = async challenge => { window.challenge = challenge; await accounts.passkeys.reauthenticate(); return true; }; }");
        Assert.Equal("Another", (await tab.RunAsync("accounts.factors.rename(given, 'Another')", id)).Text("name"));
        Assert.Null((await tab.RunAsync("accounts.factors.remove(given)", id)).Text("error"));
        Assert.Contains("passkey", (await tab.RunAsync("challenge")).Text("methods"), StringComparison.Ordinal);
        Assert.Equal("[]", (await tab.RunAsync("accounts.factors.list()")).Text("passkeys"));
        Assert.Equal(person.Username, await tab.MeAsync());
        tab.IsContent();
    }

    [Fact]
    public async Task It_is_the_second_factor_after_a_password()
    {
        await OpenAsync(servers.For("never"));
        await tab.LoginAsync(person);
        await tab.RunAsync("accounts.passkeys.add()");
        await tab.RunAsync("accounts.logout()");
        var step = await tab.LoginAsync(person);
        Assert.Equal(("second_factor_required", true), (step.Text("step"), step.Text("methods")!.Contains("passkey", StringComparison.Ordinal)));
        Assert.Equal(person.Username, Name(await tab.RunAsync("accounts.passkeys.signIn({ ticket: given })", step.Text("ticket"))));
        Assert.Equal(person.Username, await tab.MeAsync());
    }

    [Fact]
    public async Task Who_must_have_one_signs_in_by_adding_it()
    {
        var page = await OpenAsync(servers.For("everybody"));
        var (ticket, code) = await AskAsync();
        var added = await tab.RunAsync("accounts.passkeys.add(given)", new { ticket, mail_code = code, name = "My phone" });
        Assert.Equal((person.Username, 10), (Name(added), added.GetProperty("recovery_codes").GetArrayLength()));
        Assert.Equal(1, await servers.Server.Database.PasskeysAsync(person, "p.name = 'My phone'"));
        await tab.OpenAsync(page);
        Assert.Equal(person.Username, await tab.ReadyAsync());
    }

    [Fact]
    public async Task Who_must_have_one_signs_in_by_adding_an_app()
    {
        await OpenAsync(servers.For("everybody"));
        var (ticket, code) = await AskAsync();
        var secret = (await tab.RunAsync("accounts.factors.beginApp(given)", new { ticket, mail_code = code })).Text("secret")!;
        Assert.Equal(person.Username, Name(await tab.RunAsync("accounts.factors.confirmApp(given)", new { ticket, code = FactorSteps.CodeOf(secret) })));
        Assert.Equal(person.Username, await tab.MeAsync());
        Assert.Equal(1, await servers.Server.Database.TotpFactorsAsync(person, "f.confirmed_at IS NOT NULL"));
    }

    /// <returns>the ticket of a sign-in that waits for a factor, and the code that was mailed for it</returns>
    private async Task<(string Ticket, string Code)> AskAsync()
    {
        var step = await tab.LoginAsync(person);
        Assert.Equal("second_factor_enrolment_required", step.Text("step"));
        Assert.Null(await tab.UserAsync());
        await tab.RunAsync("accounts.factors.enrolmentMail({ ticket: given })", step.Text("ticket"));
        await Until.TrueAsync(() => Task.FromResult(servers.Server.EnrolmentMails(person).Count == 1), $"a code to {person.Email}");
        return (step.Text("ticket")!, EightDigits().Match(servers.Server.EnrolmentMails(person)[0].Text).Value);
    }

    /// <summary>A page with the client at the server's own origin, where its passkeys work, and an authenticator.</summary>
    private async Task<string> OpenAsync(TestServer server)
    {
        var page = $"{server.Address}app";
        await tab.Page.RouteAsync(page, route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = ClientApp.Html(server.Address) }));
        await ChromiumAuthenticator.OnAsync(tab, page);
        Assert.Null(await tab.ReadyAsync());
        return page;
    }

    /// <summary>As if the sign-in had been 11 minutes ago.</summary>
    private Task<int> AgeAsync() => servers.Server.Database.ExecuteAsync(
        "UPDATE sessions s SET auth_time = auth_time - interval '11 minutes' FROM users u WHERE u.id = s.user_id AND u.email = @email", ("email", person.Email));

    private static string? Name(JsonElement signedIn) => signedIn.TryGetProperty("user", out var user) ? user.Text("username") : signedIn.GetRawText();

    [GeneratedRegex(@"\b\d{8}\b")]
    private static partial Regex EightDigits();
}
