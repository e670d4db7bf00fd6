using System.Text.RegularExpressions;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Reauthentication;

/// <summary>Proving once more who one is, for what a session alone is not enough for.</summary>
public sealed partial class ReauthenticationTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Export = "/api/auth/me/export/";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>A thief who shares the session became recent with the owner, when the proof stood with the session.</summary>
    [Fact]
    public async Task SG_02_A_proof_stands_in_the_token_that_comes_of_it_and_nowhere_else()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.AgeProofAsync(server);
        var (shared, row) = (client.Access!, server.Session(client.RefreshCookie!));
        var before = await row.ReadAsync<DateTime>("auth_time");
        (await client.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        var answer = await client.ReauthenticateAsync(new { password = person.Password });
        answer.AssertProved("aal1", "pwd");
        Assert.Equal("600", answer["access_expires_in"]);
        Assert.DoesNotContain(answer.SetCookies, cookie => cookie.StartsWith("refresh_token", StringComparison.Ordinal));
        client.Access = answer.Access;
        Assert.Equal(200, (await client.GetAsync(Export)).Status);
        Assert.Equal(before, await row.ReadAsync<DateTime>("auth_time"));

        client.Access = shared;
        (await client.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        client.Access = (await client.RefreshAsync()).Access;
        (await client.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.EventsAsync(person, "reauthenticated"));
    }

    [Fact]
    public async Task SG_02_What_is_missing_is_said_as_RFC_9470_says_it()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await client.AgeProofAsync(server);
        var answer = await client.GetAsync(Export);
        answer.AssertBody(403, """{"detail":"Sign in again to do this.","code":"reauthentication_required","methods":["password"],"max_age":600,"acr":"aal1"}""");
        Assert.Equal("Bearer realm=\"api\", error=\"insufficient_user_authentication\", max_age=\"600\", acr_values=\"aal1\"", answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_wrong_proof_is_counted_and_proves_nothing()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        (await client.ReauthenticateAsync(new { password = Some.OtherPassword })).AssertBody(400, """{"password":["Your password was entered incorrectly. Please enter it again."]}""");
        (await client.ReauthenticateAsync(new { code = "123456" })).AssertRefused(401, "invalid_credentials");
        (await client.ReauthenticateAsync(new { mail_code = "12345678" })).AssertRefused(403, "reauthentication_required");
        (await client.ReauthenticateAsync(new { })).AssertBody(400, """{"non_field_errors":["Send one proof: password, code, passkey, mail_code, or provider with code and state."]}""");
        (await client.ReauthenticateAsync(new { password = person.Password, code = "123456" })).AssertBody(400, """{"non_field_errors":["Send one proof: password, code, passkey, mail_code, or provider with code and state."]}""");
        Assert.Equal(0, await server.Database.EventsAsync(person, "reauthenticated"));
        await server.Database.CountedAsync(person, "sign_in_failed", 2);
        client.Access = null;
        (await client.ReauthenticateAsync(new { password = person.Password })).AssertRefused(401, "not_authenticated");
    }

    /// <summary>Password and one stolen session once made ten new recovery codes.</summary>
    [Fact]
    public async Task SG_01_Who_has_the_password_and_a_session_gets_nothing_done_that_is_worth_a_factor()
    {
        using var client = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        client.Access = (await client.ReauthenticateAsync(new { password = person.Password })).Access;
        var acts = new Dictionary<string, Func<Task<Answer>>>
        {
            ["new recovery codes"] = () => client.PostAsync(FactorSteps.RecoveryCodes),
            ["another factor"] = () => client.BeginTotpAsync(),
            ["the factor away"] = async () => await client.RemoveFactorAsync(await client.FactorIdAsync()),
            ["the address"] = () => client.AskChangeAsync(Some.Email(), person.Password),
            ["an identity"] = () => client.ConnectAsync(provider, Identity.OfGitHub()),
            ["all that is stored"] = () => client.GetAsync(Export),
            ["the password"] = () => client.ChangePasswordAsync(person.Password, Some.OtherPassword),
            ["the account away"] = () => client.DeleteAccountAsync(person.Password),
        };
        foreach (var (what, act) in acts)
        {
            var answer = await act();
            Assert.True(answer.Status == 403, $"{what}: {answer}");
            Assert.Equal(("reauthentication_required", """["totp","recovery_code"]""", "aal2"), (answer["code"], answer["methods"], answer["acr"]));
            Assert.Contains("acr_values=\"aal2\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
        (await client.ReauthenticateAsync(new { code = enrolled.RecoveryCodes[0] })).AssertProved("aal2", "otp", "mfa");
        client.Access = (await client.ReauthenticateAsync(new { code = enrolled.RecoveryCodes[1] })).Access;
        foreach (var (what, act) in acts.Where(act => act.Key is not ("the factor away" or "the account away")))
        {
            var answer = await act();
            Assert.True(answer.Status == 200, $"{what}: {answer}");
            // Some end the session, and go on in a new one.
            client.Access = answer["access"] ?? client.Access;
            server.HasProved(client);
        }
    }

    [Fact]
    public async Task SG_01_A_proof_by_two_of_more_than_ten_minutes_ago_is_none()
    {
        using var client = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        using var fresh = server.Client();
        var signedIn = await fresh.ProveAsync(await fresh.TicketAsync(person), enrolled.RecoveryCodes[0]);
        fresh.Access = signedIn.Access;
        Assert.Equal(200, (await fresh.GetAsync(Export)).Status);
        await fresh.AgeProofAsync(server);
        (await fresh.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
    }

    [Fact]
    public async Task SG_07_Who_has_nothing_else_proves_it_by_a_code_that_is_mailed_and_counts_in_that_session_alone()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        using var another = server.Client();
        another.Access = (await another.SignInAsync(provider, identity)).Access;
        Assert.Equal("""["mail"]""", (await client.GetAsync(Export))["methods"]);
        (await client.ReauthenticateAsync(new { mail_code = "12345678" })).AssertRefused(401, "invalid_credentials");
        (await client.PostAsync("/api/auth/reauthenticate/mail/")).AssertBody(200, """{"detail":"A code has been sent to your address."}""");
        var code = EightDigits().Match((await server.Mailbox.WaitAsync(identity.Email)).Text).Value;
        Assert.Equal(8, code.Length);
        (await another.ReauthenticateAsync(new { mail_code = code })).AssertRefused(401, "invalid_credentials");
        (await client.ReauthenticateAsync(new { mail_code = LinkSteps.Wrong(code) })).AssertRefused(401, "invalid_credentials");
        var answer = await client.ReauthenticateAsync(new { mail_code = code });
        answer.AssertProved("aal1", "mail");
        (await client.ReauthenticateAsync(new { mail_code = code })).AssertRefused(401, "invalid_credentials");
        client.Access = answer.Access;
        Assert.Equal(200, (await client.GetAsync(Export)).Status);
    }

    [Fact]
    public async Task SG_07_A_mailed_code_for_a_session_is_good_for_five_tries()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        Assert.Equal(200, (await client.PostAsync("/api/auth/reauthenticate/mail/")).Status);
        var code = EightDigits().Match((await server.Mailbox.WaitAsync(identity.Email)).Text).Value;
        for (var i = 0; i < 5; i++)
        {
            (await client.ReauthenticateAsync(new { mail_code = LinkSteps.Wrong(code) })).AssertRefused(401, "invalid_credentials");
        }
        (await client.ReauthenticateAsync(new { mail_code = code })).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task SG_01_Who_has_a_factor_or_a_password_proves_it_by_no_mail()
    {
        using var client = server.Client();
        await server.EnrolSomebodyAsync(client);
        var refused = await client.PostAsync("/api/auth/reauthenticate/mail/");
        refused.AssertRefused(403, "reauthentication_required");
        Assert.Equal("""["totp","recovery_code"]""", refused["methods"]);
        using var other = server.Client();
        await server.SignInVerifiedAsync(other);
        Assert.Equal("""["password"]""", (await other.PostAsync("/api/auth/reauthenticate/mail/"))["methods"]);
    }

    [GeneratedRegex(@"^\d{8}$", RegexOptions.Multiline)]
    private static partial Regex EightDigits();
}
