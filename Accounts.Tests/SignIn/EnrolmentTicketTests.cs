using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>The ticket by which a factor is added that a sign-in waits for.</summary>
[Trait("Pace", "slow")]
public sealed class EnrolmentTicketTests(PolicyServers shared) : IClassFixture<PolicyServers>, IAsyncLifetime
{
    private readonly TestServer before = shared.Server, server = shared.For("everybody");
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

    [Theory]
    [InlineData("15 minutes"), InlineData("a reset"), InlineData("sign out everywhere"), InlineData("another factor"), InlineData("nonsense")]
    public async Task SG_03_The_ticket_is_worth_nothing_after(string what)
    {
        var ticket = await browser.EnrolmentTicketAsync(person);
        var code = await before.EnrolmentCodeAsync(browser, person, ticket);
        var secret = (await browser.BeginEnrolmentAsync(ticket, code))["secret"]!;
        switch (what)
        {
            case "15 minutes":
                Assert.Equal(1, await server.Database.AgeTicketsAsync(person));
                break;
            case "a reset":
                Assert.Equal(200, (await owner.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
                break;
            case "sign out everywhere":
                Assert.Equal(200, (await owner.PostAsync("/api/auth/logout/all/")).Status);
                break;
            case "another factor":
                await owner.EnrolAsync();
                break;
            default:
                ticket = new string('x', 43);
                break;
        }
        foreach (var answer in new[] { await browser.AskEnrolmentCodeAsync(ticket), await browser.BeginEnrolmentAsync(ticket, code), await browser.ConfirmEnrolmentAsync(ticket, FactorSteps.CodeOf(secret)) })
        {
            answer.AssertRefused(401, "invalid_ticket");
        }
        Assert.Null(browser.RefreshCookie);
    }

    [Fact]
    public async Task SG_03_What_was_asked_for_with_the_password_is_done_and_nothing_that_comes_with_the_factor()
    {
        using var other = before.Client();
        var replacedPerson = await other.SignInSomebodyAsync();
        browser.RefreshCookie = other.RefreshCookie!;
        var answer = await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember = false });
        answer.AssertRefused(403, "second_factor_enrolment_required");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(replacedPerson));
        var begun = await browser.BeginEnrolmentAsync(answer["ticket"], await before.EnrolmentCodeAsync(browser, person, answer["ticket"]));
        var signedIn = await browser.ConfirmEnrolmentAsync(answer["ticket"], FactorSteps.CodeOf(begun["secret"]!), ("X-Token-Transport", "body"));
        signedIn.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.Null(signedIn["refresh"]);
        Assert.Contains(signedIn.SetCookies, cookie => cookie.StartsWith("refresh_token=", StringComparison.Ordinal) && !cookie.Contains("max-age", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, await server.Database.LiveSessionsAsync(replacedPerson));
    }

    [Fact]
    public async Task SG_03_A_sign_in_in_body_mode_stays_one_and_is_finished_by_no_site_that_may_have_none()
    {
        var answer = await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "body"));
        var secret = (await browser.BeginEnrolmentAsync(answer["ticket"], await before.EnrolmentCodeAsync(browser, person, answer["ticket"])))["secret"]!;
        (await browser.ConfirmEnrolmentAsync(answer["ticket"], FactorSteps.CodeOf(secret), ("Origin", $"{server.Address}".TrimEnd('/')))).AssertRefused(403, "permission_denied");
        var signedIn = await browser.ConfirmEnrolmentAsync(answer["ticket"], FactorSteps.CodeOf(secret));
        signedIn.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.NotNull(signedIn["refresh"]);
        Assert.Empty(signedIn.SetCookies);
    }

    [Fact]
    public async Task SG_03_After_the_redirect_flow_a_cookie_has_the_ticket()
    {
        var identity = Identity.OfGitHub();
        Assert.Equal(200, (await owner.ConnectAsync(shared.Provider, identity)).Status);
        var back = await browser.GetAsync(await browser.LeaveAsync(shared.Provider, identity));
        Assert.Contains("error=second_factor_enrolment_required", back.Header("Location"), StringComparison.Ordinal);
        Assert.Null(browser.RefreshCookie);
        var cookie = Assert.Single(back.SetCookies, cookie => cookie.Contains("enrolment_ticket=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(back.Cookie("enrolment_ticket")!, back.Header("Location"), StringComparison.Ordinal);
        var signedIn = await before.EnrolAsync(browser, person, ticket: null);
        signedIn.AssertProved("aal2", "social", "mail", "otp", "mfa");
        Assert.Equal("", signedIn.Cookie("enrolment_ticket"));
    }

    [Fact]
    public async Task SG_03_Of_sixteen_that_finish_one_sign_in_at_once_one_does()
    {
        var ticket = await browser.EnrolmentTicketAsync(person);
        var secret = (await browser.BeginEnrolmentAsync(ticket, await before.EnrolmentCodeAsync(browser, person, ticket)))["secret"]!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var client = server.Client();
            return await client.ConfirmEnrolmentAsync(ticket, FactorSteps.CodeOf(secret));
        }));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(401, "invalid_ticket"));
        Assert.Equal((1, 10), (await server.Database.LiveSessionsAsync(person), await server.Database.RecoveryCodesAsync(person)));
    }

    [Fact]
    public async Task SG_03_A_ticket_counts_and_not_the_session_that_comes_along()
    {
        owner.Address = server.Address;
        var ticket = await browser.EnrolmentTicketAsync(person);
        await owner.AgeProofAsync(server);
        (await owner.BeginEnrolmentAsync(null, "12345678")).AssertRefused(403, "reauthentication_required");
        (await owner.BeginEnrolmentAsync(ticket, "12345678")).AssertRefused(401, "invalid_credentials");
        var signedIn = await before.EnrolAsync(owner, person, ticket);
        signedIn.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        // The session that came along has ended with the others.
        (await owner.MeAsync()).AssertAccessRefused("revoked");
        owner.Access = "nonsense";
        (await owner.BeginEnrolmentAsync(ticket, "12345678")).AssertAccessRefused("invalid");
    }
}
