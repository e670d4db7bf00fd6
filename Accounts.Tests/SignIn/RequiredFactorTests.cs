using Accounts.Core.Failures;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Who must have a second factor and has none gets no token and no session before there is one.</summary>
[Trait("Pace", "slow")]
public sealed class RequiredFactorTests(PolicyServers shared, Postgres postgres) : IClassFixture<PolicyServers>, IAsyncLifetime
{
    private readonly TestServer before = shared.Server, server = shared.For("everybody"), admins = shared.For("admins");
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (before.Client(), server.Client());
        person = await before.SignInVerifiedAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_03_The_password_alone_gets_a_ticket_that_is_good_for_nothing_but_adding_a_factor()
    {
        var sessions = await server.Database.LiveSessionsAsync(person);
        var answer = await browser.LoginAsync(person);
        answer.AssertBody(403, $$"""{"detail":"You need a second factor here. Add one to go on.","code":"second_factor_enrolment_required","ticket":"{{answer["ticket"]}}","expires_in":900}""");
        Assert.Empty(answer.SetCookies);
        var ticket = answer["ticket"]!;
        Assert.DoesNotContain(ticket, await server.Database.DumpAsync(), StringComparison.Ordinal);
        (await browser.MeAsync(ticket)).AssertAccessRefused("invalid");
        Assert.Equal(401, (await browser.RefreshAsync(ticket)).Status);
        (await browser.ProveAsync(ticket, "123456")).AssertRefused(401, "invalid_ticket");
        (await browser.PostAsync("/api/auth/login/passkey/begin/", new { ticket })).AssertRefused(401, "invalid_ticket");
        (await browser.ConfirmEnrolmentAsync(ticket, "123456")).AssertRefused(401, "invalid_ticket");
        foreach (var path in new[] { FactorSteps.RecoveryCodes, "/api/auth/password/change/", "/api/auth/logout/all/" })
        {
            (await browser.PostAsync(path, new { ticket, mail_code = "12345678" })).AssertRefused(401, "not_authenticated");
        }
        (await browser.LoginAsync(person with { Password = Some.OtherPassword })).AssertBody(401, """{"detail":"Invalid credentials","code":"invalid_credentials"}""");
        Assert.Equal(sessions, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SG_03_A_code_by_mail_and_a_code_of_the_app_open_the_session()
    {
        var ticket = await browser.EnrolmentTicketAsync(person);
        (await browser.BeginEnrolmentAsync(ticket, null)).AssertBody(400, """{"mail_code":["Enter the code that was mailed to you."]}""");
        var code = await before.EnrolmentCodeAsync(browser, person, ticket);
        var mail = before.EnrolmentMails(person)[^1].Text;
        Assert.Contains("needs a second factor and has none yet", mail, StringComparison.Ordinal);
        Assert.Contains("Tell it to nobody", mail, StringComparison.Ordinal);
        Assert.Matches(@"When: \d{1,2} \p{L}+ \d{4}", mail);
        (await browser.BeginEnrolmentAsync(ticket, PasswordSteps.Wrong(code))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await browser.BeginEnrolmentAsync(ticket, code)).Status);
        // It was right once; the app is begun anew.
        var secret = (await browser.BeginEnrolmentAsync(ticket, null))["secret"]!;
        (await browser.ConfirmEnrolmentAsync(ticket, FactorSteps.WrongCode(secret))).AssertBody(400, """{"code":["Enter the code that the app shows now."]}""");
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person, "f.confirmed_at IS NOT NULL"));

        var signedIn = await browser.ConfirmEnrolmentAsync(ticket, FactorSteps.CodeOf(secret));
        signedIn.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.Equal(10, signedIn.Codes().Length);
        Assert.Equal("""["password","totp"]""", signedIn.Json.GetProperty("user").GetProperty("ways").GetRawText());
        Assert.Equal(200, (await browser.MeAsync(signedIn.Access)).Status);
        Assert.Equal(200, (await browser.RefreshAsync()).Status);
        // As with every factor that is added, what there was has ended.
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "factor_added"), await server.Database.HasAppAsync(person)));
        (await browser.ConfirmEnrolmentAsync(ticket, FactorSteps.CodeOf(secret, 1))).AssertRefused(401, "invalid_ticket");
        (await browser.BeginEnrolmentAsync(ticket, null)).AssertRefused(401, "invalid_ticket");
        (await browser.ProveAsync(await browser.TicketAsync(person), signedIn.Codes()[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task SG_03_A_passkey_does_it_too()
    {
        var ticket = await browser.EnrolmentTicketAsync(person);
        var authenticator = browser.Authenticator();
        (await browser.PostAsync("/api/auth/factors/passkeys/begin/", new { ticket })).AssertBody(400, """{"mail_code":["Enter the code that was mailed to you."]}""");
        var begun = await browser.PostAsync("/api/auth/factors/passkeys/begin/", new { ticket, mail_code = await before.EnrolmentCodeAsync(browser, person, ticket) });
        Assert.True(begun.Status == 200, begun.ToString());
        var passkey = authenticator.Create(begun.PublicKey());
        (await browser.PostAsync("/api/auth/factors/passkeys/finish/", new { state = begun["state"], passkey })).AssertRefused(401, "not_authenticated");
        var signedIn = await browser.PostAsync("/api/auth/factors/passkeys/finish/", new { ticket, state = begun["state"], passkey, name = "My phone" });
        signedIn.AssertProved("aal2", "pwd", "mail", "pop", "user", "mfa");
        Assert.Equal(10, signedIn.Codes().Length);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.name = 'My phone'"));
        (await browser.SignInAsync(authenticator)).AssertProved("aal2", "pop", "user", "mfa");
    }

    /// <summary>Somebody has the password of an account that never had a factor.</summary>
    [Fact]
    public async Task SG_03_Who_does_not_read_the_accounts_mail_adds_no_factor()
    {
        using var thief = server.Client();
        var (ticket, own) = (await thief.EnrolmentTicketAsync(person), await browser.EnrolmentTicketAsync(person));
        var theirs = await before.EnrolmentCodeAsync(browser, person, own);
        var code = await before.EnrolmentCodeAsync(thief, person, ticket);
        using var other = before.Client();
        var accomplice = await before.SignInVerifiedAsync(other);
        var elsewhere = await before.EnrolmentCodeAsync(thief, accomplice, await thief.EnrolmentTicketAsync(accomplice));
        // The owner's code is of no use with the thief's ticket, and one of the thief's own account neither.
        foreach (var wrong in new[] { theirs, elsewhere, PasswordSteps.Wrong(code), PasswordSteps.Wrong(code, 2), PasswordSteps.Wrong(code, 3) })
        {
            (await thief.BeginEnrolmentAsync(ticket, wrong)).AssertRefused(401, "invalid_credentials");
        }
        (await thief.BeginEnrolmentAsync(ticket, code)).AssertRefused(401, "invalid_credentials");
        (await thief.ConfirmEnrolmentAsync(ticket, "123456")).AssertRefused(401, "invalid_ticket");
        (await thief.PostAsync("/api/auth/factors/passkeys/finish/", new { ticket, state = new string('x', 43), passkey = new { } })).AssertRefused(401, "invalid_ticket");
        Assert.Equal((0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.PasskeysAsync(person)));
        Assert.Equal(200, (await browser.BeginEnrolmentAsync(own, theirs)).Status);
    }

    /// <summary>To every service that takes our tokens an administrator's roles would say what they may do.</summary>
    [Fact]
    public async Task SG_03_An_administrator_without_a_factor_gets_no_token_with_roles_where_they_must_have_one()
    {
        using var client = admins.Client();
        (await client.LoginAsync(person)).AssertProved("aal1", "pwd");
        await server.Database.ChangeAsync(person, "roles = '{admin,editor}'");
        using var fresh = admins.Client();
        var ticket = await fresh.EnrolmentTicketAsync(person);
        Assert.Equal(401, (await fresh.PostAsync("/api/auth/token/refresh/", new { refresh = ticket })).Status);
        Assert.Equal("""{"user":null}""", (await fresh.PostAsync("/api/auth/session/")).Text);
        (await fresh.ResetAsync(await server.Database.PlantResetAsync(person))).AssertBody(200, PasswordSteps.Done);
        var signedIn = await before.EnrolAsync(fresh, person, await fresh.EnrolmentTicketAsync(person with { Password = Some.OtherPassword }));
        Assert.Equal("""["admin","editor"]""", SecondFactorSteps.ClaimsOf(signedIn.Access).GetProperty("roles").GetRawText());
        Assert.Equal("aal2", SecondFactorSteps.ClaimsOf(signedIn.Access).GetProperty("acr").GetString());
    }

    [Fact]
    public async Task SG_03_The_last_factor_of_who_must_have_one_stays()
    {
        var signedIn = await before.EnrolAsync(browser, person, await browser.EnrolmentTicketAsync(person));
        browser.Access = signedIn.Access;
        Assert.Equal("true", (await browser.GetAsync(FactorSteps.Factors))["required"]);
        var first = await browser.FactorIdAsync();
        (await browser.RemoveFactorAsync(first)).AssertRefused(409, "second_factor_required_by_policy");
        Assert.Equal(1, await server.Database.HasAppAsync(person));
        await browser.EnrolAsync("another");
        Assert.Equal(204, (await browser.RemoveFactorAsync(first)).Status);
        (await browser.RemoveFactorAsync(await browser.FactorIdAsync())).AssertRefused(409, "second_factor_required_by_policy");

        using var elsewhere = admins.Client();
        elsewhere.Access = (await elsewhere.ProveAsync(await elsewhere.TicketAsync(person), signedIn.Codes()[0])).Access;
        Assert.Equal("false", (await elsewhere.GetAsync(FactorSteps.Factors))["required"]);
        Assert.Equal(204, (await elsewhere.RemoveFactorAsync(await elsewhere.FactorIdAsync())).Status);
    }

    [Fact]
    public async Task SG_03_Sessions_of_before_go_on_until_they_end()
    {
        browser.RefreshCookie = owner.RefreshCookie!;
        var refreshed = await browser.RefreshAsync();
        Assert.Equal(200, refreshed.Status);
        Assert.Equal(200, (await browser.MeAsync(refreshed.Access)).Status);
        await browser.LogoutAsync();
        await browser.EnrolmentTicketAsync(person);
    }

    /// <summary>What others had of it ends with the proof, and the ticket that comes of it lives.</summary>
    [Fact]
    public async Task SG_03_An_account_that_a_mailed_code_claims_adds_its_factor_at_once()
    {
        var claimed = await owner.RegisterSomebodyAsync();
        await owner.SignInAsync(claimed);
        (await browser.AskCodeAsync(claimed.Email)).AssertBody(200, EmailCodeSteps.Asked);
        var answer = await browser.SignInByCodeAsync(EmailCodeSteps.CodeOf(await before.CodeMailAsync(claimed.Email)));
        answer.AssertRefused(403, "second_factor_enrolment_required");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(claimed));
        (await before.EnrolAsync(browser, claimed, answer["ticket"])).AssertProved("aal2", "mail", "otp", "mfa");
        Assert.True(await server.Database.IsVerifiedAsync(claimed));
    }

    [Fact]
    public async Task SG_03_A_deleted_account_is_back_once_its_factor_is_added()
    {
        Assert.Equal(204, (await owner.DeleteAccountAsync(person.Password)).Status);
        (await browser.LoginAsync(person)).AssertRefused(403, "account_deleted");
        var answer = await browser.ReturnAsync(person);
        answer.AssertRefused(403, "second_factor_enrolment_required");
        var begun = await browser.BeginEnrolmentAsync(answer["ticket"], await before.EnrolmentCodeAsync(browser, person, answer["ticket"]));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
        var back = await browser.ConfirmEnrolmentAsync(answer["ticket"], FactorSteps.CodeOf(begun["secret"]!));
        back.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.Equal("true", back["restored"]);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [Theory]
    [InlineData("always"), InlineData(""), InlineData("1")]
    public async Task CF_01_Another_word_stops_the_start(string word)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, (PolicyServers.Required, word)));
        Assert.Equal($"Accounts__SecondFactor__Required is \"{word}\": choose never, admins or everybody.", refused.Message);
    }
}
