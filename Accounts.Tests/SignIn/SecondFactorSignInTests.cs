using Accounts.Tests.Deletion;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Whoever has a second factor gets in by no way without it.</summary>
public sealed class SecondFactorSignInTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;
    private Enrolled enrolled = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (server.Client(), server.Client());
        (person, enrolled) = await server.EnrolSomebodyAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MF_04_The_right_password_gets_a_ticket_and_nothing_else_and_the_code_makes_a_session_of_it()
    {
        var sessions = await server.Database.LiveSessionsAsync(person);
        var answer = await browser.LoginAsync(person);
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal((43, """["totp","recovery_code"]""", "300"), (answer["ticket"]!.Length, answer["methods"], answer["expires_in"]));
        Assert.Empty(answer.SetCookies);
        Assert.Null(answer["access"]);
        Assert.Equal(sessions, await server.Database.LiveSessionsAsync(person));
        Assert.DoesNotContain(answer["ticket"]!, await server.Database.DumpAsync(), StringComparison.Ordinal);

        (await browser.MeAsync(answer["ticket"])).AssertAccessRefused("invalid");
        Assert.Equal(401, (await browser.RefreshAsync(answer["ticket"])).Status);
        var signedIn = await browser.ProveAsync(answer["ticket"], FactorSteps.CodeOf(enrolled.Secret, 1));
        signedIn.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.Equal(person.Email, signedIn.Json.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal(200, (await browser.RefreshAsync()).Status);
        Assert.Equal(sessions + 1, await server.Database.LiveSessionsAsync(person));
        (await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0])).AssertRefused(401, "invalid_ticket");
    }

    [Fact]
    public async Task MF_04_A_wrong_password_is_told_nothing_of_a_second_factor() =>
        (await browser.LoginAsync(person with { Password = Some.OtherPassword })).AssertBody(401, """{"detail":"Invalid credentials","code":"invalid_credentials"}""");

    [Fact]
    public async Task MF_04_A_ticket_takes_no_code_of_somebody_else()
    {
        using var other = server.Client();
        var (_, theirs) = await server.EnrolSomebodyAsync(other);
        var ticket = await browser.TicketAsync(person);
        (await browser.ProveAsync(ticket, FactorSteps.CodeOf(theirs.Secret, 1))).AssertRefused(401, "invalid_credentials");
        (await browser.ProveAsync(ticket, theirs.RecoveryCodes[0])).AssertRefused(401, "invalid_credentials");
        (await browser.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task MF_04_A_ticket_is_good_for_five_tries()
    {
        var ticket = await browser.TicketAsync(person);
        for (var i = 0; i < 5; i++)
        {
            (await browser.ProveAsync(ticket, FactorSteps.WrongCode(enrolled.Secret))).AssertRefused(401, "invalid_credentials");
        }
        (await browser.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertRefused(401, "invalid_ticket");
        (await browser.ProveAsync(await browser.TicketAsync(person), enrolled.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }

    [Theory]
    [InlineData("5 minutes"), InlineData("a reset"), InlineData("sign out everywhere"), InlineData("another factor"), InlineData("nonsense")]
    public async Task SG_04_A_ticket_is_worth_nothing_after(string what)
    {
        var ticket = await browser.TicketAsync(person);
        switch (what)
        {
            case "5 minutes":
                await server.Database.AgeTicketsAsync(person);
                break;
            case "a reset":
                Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).Status);
                break;
            case "sign out everywhere":
                Assert.Equal(200, (await owner.PostAsync("/api/auth/logout/all/")).Status);
                break;
            case "another factor":
                await owner.ProveAgainAsync(enrolled.RecoveryCodes[1]);
                Assert.Equal(204, (await owner.RemoveFactorAsync(await owner.FactorIdAsync())).Status);
                break;
            default:
                ticket = new string('x', 43);
                break;
        }
        (await browser.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertRefused(401, "invalid_ticket");
        Assert.Null(browser.RefreshCookie);
    }

    [Fact]
    public async Task SG_04_What_was_asked_for_with_the_password_is_done_and_nothing_that_comes_with_the_code()
    {
        // In the browser of somebody else's session, which the sign-in takes the place of.
        var before = await browser.SignInSomebodyAsync();
        var replaced = browser.RefreshCookie!;
        var answer = await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember = false });
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal(200, (await browser.MeAsync()).Status);
        using var another = server.Client();
        await another.SignInSomebodyAsync();
        var kept = another.RefreshCookie!;
        another.Access = null;
        var signedIn = await another.PostAsync("/api/auth/login/second-factor/", new { ticket = answer["ticket"], code = enrolled.RecoveryCodes[0], remember = true }, ("X-Token-Transport", "body"));
        signedIn.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.Null(signedIn["refresh"]);
        Assert.Contains(signedIn.SetCookies, cookie => cookie.StartsWith("refresh_token=", StringComparison.Ordinal) && !cookie.Contains("max-age", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, await server.Database.LiveSessionsAsync(before));
        (await browser.RefreshAsync(replaced)).AssertRefreshRefused("revoked");
        Assert.Equal(200, (await another.RefreshAsync(kept)).Status);
    }

    [Fact]
    public async Task SG_04_A_sign_in_in_body_mode_stays_one_and_is_finished_by_no_site_that_may_have_none()
    {
        var answer = await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "body"));
        answer.AssertRefused(403, "second_factor_required");
        var body = new { ticket = answer["ticket"], code = enrolled.RecoveryCodes[0] };
        (await browser.PostAsync("/api/auth/login/second-factor/", body, ("Origin", "https://elsewhere.example"))).AssertRefused(403, "csrf_failed");
        (await browser.PostAsync("/api/auth/login/second-factor/", body, ("Origin", $"{server.Address}".TrimEnd('/')))).AssertRefused(403, "permission_denied");
        var signedIn = await browser.PostAsync("/api/auth/login/second-factor/", body);
        signedIn.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.NotNull(signedIn["refresh"]);
        Assert.Empty(signedIn.SetCookies);
    }

    [Fact]
    public async Task SO_12_Scenario_33_A_provider_gets_nobody_past_a_factor_by_a_script_or_by_the_server()
    {
        var identity = Identity.OfGitHub();
        await owner.ProveAgainAsync(enrolled.RecoveryCodes[1]);
        Assert.Equal(200, (await owner.ConnectAsync(provider, identity)).Status);
        var answer = await browser.SignInAsync(provider, identity);
        answer.AssertRefused(403, "second_factor_required");
        (await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[2])).AssertProved("aal2", "social", "otp", "mfa");

        using var driven = server.Client();
        var back = await driven.GetAsync(await driven.LeaveAsync(provider, identity));
        Assert.Equal(303, back.Status);
        Assert.Contains("error=second_factor_required", back.Header("Location"), StringComparison.Ordinal);
        Assert.Null(driven.RefreshCookie);
        var cookie = Assert.Single(back.SetCookies, cookie => cookie.Contains("sign_in_ticket=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(back.Cookie("sign_in_ticket")!, back.Header("Location"), StringComparison.Ordinal);
        (await driven.ProveAsync(null, FactorSteps.WrongCode(enrolled.Secret))).AssertRefused(401, "invalid_credentials");
        var signedIn = await driven.ProveAsync(null, enrolled.RecoveryCodes[3]);
        signedIn.AssertProved("aal2", "social", "otp", "mfa");
        Assert.Equal("", signedIn.Cookie("sign_in_ticket"));
    }

    [Fact]
    public async Task SO_12_Scenario_33_Who_has_the_password_connects_nothing_before_the_factor_is_proved()
    {
        var identity = Identity.OfGoogle(person.Email);
        var offer = await browser.SignInAsync(provider, identity);
        offer.AssertRefused(409, "account_exists");
        Assert.Equal("""["password","mail"]""", offer["methods"]);
        var answer = await browser.LinkAsync(new { link_token = offer["link_token"], password = person.Password });
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password,totp}'"));
        var signedIn = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[0]);
        signedIn.AssertProved("aal2", "pwd", "social", "otp", "mfa");
        browser.Access = signedIn.Access;
        Assert.Equal(200, (await browser.ConnectAsync(provider, identity)).Status);
    }

    [Fact]
    public async Task RS_04_Scenario_33_A_reset_signs_nobody_in_and_gets_nobody_past_a_factor()
    {
        var answer = await browser.ResetAsync(await server.ResetTokenAsync(browser, person));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer["access"]);
        Assert.DoesNotContain(answer.SetCookies, cookie => cookie.Contains("refresh_token", StringComparison.Ordinal));
        var ticket = await browser.TicketAsync(person with { Password = Some.OtherPassword });
        (await browser.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task MF_06_A_deleted_account_is_not_back_before_its_factor_is_proved()
    {
        await owner.ProveAgainAsync(enrolled.RecoveryCodes[1]);
        Assert.Equal(204, (await owner.DeleteAccountAsync(person.Password)).Status);
        (await browser.LoginAsync(person)).AssertRefused(403, "account_deleted");
        var answer = await browser.ReturnAsync(person);
        answer.AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL"));
        var back = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[2]);
        back.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.Equal("true", back["restored"]);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [Fact]
    public async Task MF_04_Of_sixteen_that_finish_one_sign_in_at_once_one_does()
    {
        var ticket = await browser.TicketAsync(person);
        var sessions = await server.Database.LiveSessionsAsync(person);
        var answers = await Task.WhenAll(enrolled.RecoveryCodes.Concat(Enumerable.Repeat(FactorSteps.CodeOf(enrolled.Secret, 1), 6)).Select(async code =>
        {
            using var client = server.Client();
            return await client.ProveAsync(ticket, code);
        }));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal(401, answer.Status));
        Assert.Equal(sessions + 1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task MF_03_Scenario_32_Two_hundred_wrong_codes_over_fifty_tickets_are_ten_that_were_looked_at()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "10000"));
        using var client = limited.Client();
        var (somebody, theirs) = await limited.EnrolSomebodyAsync(client);
        var statuses = new List<int>();
        for (var i = 0; i < 50; i++)
        {
            using var attacker = limited.Client();
            var ticket = await attacker.TicketAsync(somebody);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => attacker.ProveAsync(ticket, FactorSteps.WrongCode(theirs.Secret))));
            statuses.AddRange(answers.Select(answer => answer.Status));
        }
        Assert.Equal((10, 190), (statuses.Count(status => status == 401), statuses.Count(status => status == 429)));
        using var elsewhere = limited.Client();
        (await elsewhere.ProveAsync(await elsewhere.TicketAsync(somebody), FactorSteps.CodeOf(theirs.Secret, 1))).AssertRefused(429, "throttled");
        (await elsewhere.ProveAsync(await elsewhere.TicketAsync(somebody), theirs.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
    }
}
