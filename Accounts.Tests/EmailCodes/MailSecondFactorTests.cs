using Accounts.Tests.Deletion;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>Who reads the mail of somebody with a second factor has one of two.</summary>
public sealed class MailSecondFactorTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient owner = shared.Server.Client(), browser = shared.Server.Client();
    private Person person = null!;
    private Enrolled enrolled = null!;

    public async ValueTask InitializeAsync()
    {
        (person, enrolled) = await server.EnrolSomebodyAsync(owner);
        await owner.ProveAgainAsync(enrolled.RecoveryCodes[9]);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("the code"), InlineData("the link")]
    public async Task MF_06_Code_and_link_are_spent_for_a_ticket_and_the_factor_makes_a_session_of_it(string by)
    {
        var sessions = await server.Database.LiveSessionsAsync(person);
        var (token, code) = await server.MailedCodeAsync(browser, person.Email);
        var answer = by == "the code" ? await browser.SignInByCodeAsync(code) : await browser.SignInByLinkAsync(token);
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal((43, """["totp","recovery_code"]""", "300"), (answer["ticket"]!.Length, answer["methods"], answer["expires_in"]));
        Assert.Empty(answer.SetCookies);
        Assert.Equal((null, sessions), (answer["access"], await server.Database.LiveSessionsAsync(person)));
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "email = @email AND purpose = 'sign_in' AND used_at IS NULL", ("email", person.Email)));
        (await browser.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
        (await browser.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);

        (await browser.ProveAsync(answer["ticket"], FactorSteps.WrongCode(enrolled.Secret))).AssertRefused(401, "invalid_credentials");
        (await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0])).AssertProved("aal2", "mail", "otp", "mfa");
        Assert.Equal(200, (await browser.RefreshAsync()).Status);
        Assert.Equal(sessions + 1, await server.Database.LiveSessionsAsync(person));
        (await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[1])).AssertRefused(401, "invalid_ticket");
    }

    [Fact]
    public async Task MF_06_A_sign_in_in_body_mode_stays_one()
    {
        var asked = await browser.PostAsync(EmailCodeSteps.Root, new { email = person.Email }, ("X-Token-Transport", "body"));
        var code = EmailCodeSteps.CodeOf(await server.CodeMailAsync(person.Email));
        var answer = await browser.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, attempt = asked["attempt"] }, ("X-Token-Transport", "body"));
        answer.AssertRefused(403, "second_factor_required");
        Assert.Null(answer["refresh"]);
        var signedIn = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0]);
        signedIn.AssertProved("aal2", "mail", "otp", "mfa");
        Assert.Empty(signedIn.SetCookies);
        Assert.Equal(200, (await browser.PostAsync("/api/auth/token/refresh/", new { refresh = signedIn["refresh"] })).Status);
    }

    [Fact]
    public async Task MF_06_A_second_mailed_code_is_no_second_factor()
    {
        var (_, code) = await server.MailedCodeAsync(browser, person.Email);
        var (_, second) = await server.MailedCodeAsync(browser, person.Email);
        var (_, reset) = await server.ResetCodeAsync(browser, person);
        var answer = await browser.SignInByCodeAsync(code);
        answer.AssertRefused(403, "second_factor_required");
        foreach (var mailed in new[] { code, second, reset })
        {
            (await browser.ProveAsync(answer["ticket"], mailed)).AssertRefused(401, "invalid_credentials");
        }
        (await browser.SignInByCodeAsync(second)).AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.EventsAsync(person, "signed_in"));
        var signedIn = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0]);
        signedIn.AssertProved("aal2", "mail", "otp", "mfa");
        browser.Access = signedIn.Access;
        var asked = await browser.PostAsync("/api/auth/reauthenticate/mail/");
        asked.AssertRefused(403, "reauthentication_required");
        Assert.Equal("""["totp","recovery_code"]""", asked["methods"]);
        (await browser.ReauthenticateAsync(new { mail_code = second })).AssertRefused(403, "reauthentication_required");
    }

    [Fact]
    public async Task MF_06_A_wrong_code_is_told_nothing_of_a_second_factor()
    {
        var (token, code) = await server.MailedCodeAsync(browser, person.Email);
        (await browser.SignInByCodeAsync(PasswordSteps.Wrong(code))).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal("", await server.Database.TokensOfAsync(person));
    }

    [Fact]
    public async Task MF_06_A_deleted_account_is_not_back_before_its_factor_is_proved()
    {
        Assert.Equal(204, (await owner.DeleteAccountAsync(person.Password)).Status);
        var (_, code) = await server.MailedCodeAsync(browser, person.Email);
        (await browser.SignInByCodeAsync(code)).AssertRefused(403, "account_deleted");
        var answer = await browser.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, restore = true });
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
        var back = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0]);
        back.AssertProved("aal2", "mail", "otp", "mfa");
        Assert.Equal("true", back["restored"]);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [Fact]
    public async Task Who_is_frozen_gets_no_ticket_and_keeps_the_code()
    {
        await server.Database.ChangeAsync(person, "frozen_until = now() + interval '1 day'");
        var (_, code) = await server.MailedCodeAsync(browser, person.Email);
        (await browser.SignInByCodeAsync(code)).AssertRefused(403, "account_frozen");
        Assert.Equal("", await server.Database.TokensOfAsync(person));
        await server.Database.ChangeAsync(person, "frozen_until = NULL");
        (await browser.SignInByCodeAsync(code)).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task A_session_that_came_along_goes_when_the_factor_is_proved_and_not_before()
    {
        var before = await browser.SignInSomebodyAsync();
        var (_, code) = await server.MailedCodeAsync(browser, person.Email);
        var answer = await browser.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, remember = false });
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(before));
        browser.Access = null;
        var signedIn = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0]);
        signedIn.AssertProved("aal2", "mail", "otp", "mfa");
        Assert.DoesNotContain("max-age", signedIn.SetCookies.Single(cookie => cookie.StartsWith("refresh_token=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(before));
    }

    /// <summary>Who had the account before its address was proved must not keep its owner out by an app of theirs.</summary>
    [Fact]
    public async Task RE_06_The_app_of_an_account_that_becomes_its_readers_is_gone()
    {
        using var squatter = server.Client();
        var squatted = await server.SignInVerifiedAsync(squatter);
        var theirs = await squatter.EnrolAsync();
        await server.Database.ChangeAsync(squatted, "email_verified = false, verified_by = NULL, verified_at = NULL");
        var (_, code) = await server.MailedCodeAsync(browser, squatted.Email);
        (await browser.SignInByCodeAsync(code)).AssertProved("aal1", "mail");
        await squatter.AssertOutAsync();
        Assert.Equal(0, await server.Database.TotpFactorsAsync(squatted));
        Assert.Equal(0, await server.Database.RecoveryCodesAsync(squatted));
        (await squatter.LoginAsync(squatted)).AssertRefused(401, "invalid_credentials");
        Assert.Null(await server.TryCodeAsync(squatted, theirs.RecoveryCodes[0]));
    }
}
