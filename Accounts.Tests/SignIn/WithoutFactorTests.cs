using Accounts.Tests.EmailChange;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>What somebody tries who has all of an account but its second factor.</summary>
public sealed class WithoutFactorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task MF_06_Scenario_33_A_session_of_before_there_was_a_factor_is_over()
    {
        using var owner = server.Client();
        using var thief = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        await thief.SignInAsync(person);
        await owner.EnrolAsync();
        (await thief.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal(401, (await thief.RefreshAsync()).Status);
        // Who has added it goes on, and has proved one of two.
        Assert.Equal("aal1", SecondFactorSteps.ClaimsOf((await owner.RefreshAsync()).Access).GetProperty("acr").GetString());
    }

    [Fact]
    public async Task MF_06_Scenario_33_A_ticket_is_good_for_the_step_that_it_was_issued_for_and_for_nothing_else()
    {
        using var owner = server.Client();
        using var thief = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(owner);
        var ticket = await thief.TicketAsync(person);
        thief.Access = ticket;
        foreach (var path in new[] { "/api/auth/me/", "/api/auth/factors/", "/api/auth/sessions/", "/api/auth/me/export/" })
        {
            Assert.Equal(401, (await thief.GetAsync(path)).Status);
        }
        thief.Access = null;
        var tries = new Dictionary<string, Task<Answer>>
        {
            ["the step skipped"] = thief.PostAsync("/api/auth/login/second-factor/", new { ticket }),
            ["an empty code"] = thief.ProveAsync(ticket, ""),
            ["a factor of one's own"] = thief.PostAsync(FactorSteps.Begin, new { ticket }),
            ["a mail for a factor of one's own"] = thief.PostAsync("/api/auth/login/enrolment/mail/", new { ticket }),
            ["as a refresh token"] = thief.RefreshAsync(ticket),
            ["as a mailed token"] = thief.PostAsync("/api/auth/password/reset/confirm/", new { token = ticket, new_password = Some.OtherPassword }),
            ["as a passkey's state"] = thief.PostAsync("/api/auth/login/passkey/finish/", new { state = ticket, passkey = new { } }),
        };
        foreach (var (what, tried) in tries)
        {
            var answer = await tried;
            Assert.True(answer.Status is 400 or 401 && answer["access"] is null && string.IsNullOrEmpty(answer.RefreshCookie), $"{what}: {answer}");
        }
        (await thief.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }

    /// <summary>Whoever reads the mail of the new address is not signed in by it, wherever the link is opened.</summary>
    [Fact]
    public async Task MF_06_Scenario_33_A_change_of_address_signs_nobody_in()
    {
        using var owner = server.Client();
        using var thief = server.Client();
        var (person, _) = await server.EnrolSomebodyAsync(owner);
        (await owner.AskChangeAsync(Some.Email(), person.Password)).AssertRefused(403, "reauthentication_required");
        server.HasProved(owner);
        var mailbox = Some.Email();
        (await owner.AskChangeAsync(mailbox, person.Password)).AssertBody(200, EmailChangeSteps.Asked);
        var confirmed = await thief.ConfirmChangeAsync(Mailbox.TokenOf(await server.Mailbox.WaitAsync(mailbox)));
        Assert.True(confirmed.Status == 200 && confirmed["access"] is null && confirmed.RefreshCookie is null, confirmed.ToString());
        (await thief.LoginAsync(person with { Email = mailbox })).AssertRefused(403, "second_factor_required");
    }
}
