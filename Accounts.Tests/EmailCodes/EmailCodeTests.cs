using System.Globalization;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>Signing in by the 8 digits of a mail, in the browser that had it sent.</summary>
public sealed class EmailCodeTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
    private static readonly (string, string) InBody = ("X-Token-Transport", "body");

    private readonly TestServer server = shared.Server;
    private readonly ApiClient owner = shared.Server.Client(), stranger = shared.Server.Client();
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await server.RegisterVerifiedAsync(owner);

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        stranger.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("{0}{1}", true), InlineData("{0} {1}", false), InlineData(" {0}-{1}\u00a0", true)]
    public async Task SG_07_The_code_signs_in_the_browser_that_asked_and_no_second_time(string groups, bool named)
    {
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        var typed = string.Format(CultureInfo.InvariantCulture, groups, code[..4], code[4..]);
        var answer = named ? await owner.SignInByCodeAsync(typed, $" {person.Email.ToUpperInvariant()} ") : await owner.SignInByCodeAsync(typed);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(person.Username, answer.Json.GetProperty("user").GetProperty("username").GetString());
        owner.Access = answer.Access;
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.Equal(200, (await owner.RefreshAsync()).Status);
        Assert.Equal("mail", (await owner.GetAsync("/api/auth/sessions/")).Json[0].GetProperty("amr")[0].GetString());
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "signed_in"), await server.Database.EventsAsync(person, "sign_in_code_requested")));
        (await owner.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(200, (await stranger.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task SG_07_The_browser_is_known_by_it_as_long_as_its_codes_are_good_and_no_longer()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), LifetimeOf(await stranger.AskCodeAsync(person.Email)));
        Assert.Equal(TimeSpan.FromMinutes(30), LifetimeOf(await stranger.AskResetAsync(person.Email)));
        // The reset's code is good for longer than that of the mail which comes after it.
        Assert.InRange(LifetimeOf(await stranger.AskCodeAsync(person.Email)), TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        Assert.Equal(TimeSpan.FromHours(24), LifetimeOf(await stranger.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email })));
        Assert.InRange(LifetimeOf(await stranger.AskResetAsync(person.Email)), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
    }

    private static TimeSpan LifetimeOf(Answer asked) => asked.SetCookies.Select(SetCookie.Parse).Single(cookie => cookie.Name == "attempt").MaxAge!.Value;

    [Theory]
    [InlineData("nothing"), InlineData("a session"), InlineData("a mail of its own"), InlineData("a later mail of the same account")]
    public async Task SG_07_The_right_code_and_the_link_are_refused_elsewhere_and_cost_the_owner_no_try(string has)
    {
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        switch (has)
        {
            case "a session":
                await stranger.SignInAsync(await server.RegisterVerifiedAsync(stranger));
                break;
            case "a mail of its own":
                await server.MailedCodeAsync(stranger, (await server.RegisterVerifiedAsync(stranger)).Email);
                break;
            case "a later mail of the same account":
                await server.MailedCodeAsync(stranger, person.Email);
                break;
        }
        var before = await server.Database.UserStateAsync(person);
        for (var i = 0; i < 6; i++)
        {
            var refused = await stranger.SignInByCodeAsync(code, person.Email);
            await server.AssertNobodyInAsync(person, refused);
            Assert.Equal((await stranger.SignInByCodeAsync(code, Some.Email())).Visible(), refused.Visible());
            await server.AssertNobodyInAsync(person, await stranger.SignInByLinkAsync(token));
        }
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(200, (await owner.SignInByCodeAsync(code)).Status);
    }

    [Fact]
    public async Task SG_07_Five_wrong_codes_close_it_and_the_link_still_works_in_that_browser()
    {
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        var before = await server.Database.UserStateAsync(person);
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            (await owner.SignInByCodeAsync(PasswordSteps.Wrong(code, wrong))).AssertBody(400, EmailCodeSteps.Refused);
            Assert.Equal(wrong, await server.Database.CodeTriesAsync(person.Email));
        }
        (await owner.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
        (await stranger.CheckCodeAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal((5, before), (await server.Database.CodeTriesAsync(person.Email), await server.Database.UserStateAsync(person)));
        await server.Database.CountedAsync(person, "sign_in_failed", 5);
        Assert.Equal(200, (await owner.SignInByLinkAsync(token)).Status);
    }

    [Fact]
    public async Task SG_07_Forty_guesses_at_once_are_five_guesses()
    {
        var (_, code) = await server.MailedCodeAsync(owner, person.Email);
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(step => owner.SignInByCodeAsync(PasswordSteps.Wrong(code, step))));
        Assert.All(answers, answer => answer.AssertBody(400, EmailCodeSteps.Refused));
        Assert.Equal(5, await server.Database.CodeTriesAsync(person.Email));
        (await owner.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
    }

    [Fact]
    public async Task SG_07_A_client_without_cookies_sends_the_attempt_back_that_it_was_given()
    {
        var asked = await stranger.PostAsync(EmailCodeSteps.Root, new { email = person.Email }, InBody);
        Assert.Equal(200, asked.Status);
        Assert.Empty(asked.SetCookies);
        var (mail, attempt) = (await server.CodeMailAsync(person.Email), asked["attempt"]!);
        var (token, code) = (Mailbox.TokenOf(mail), EmailCodeSteps.CodeOf(mail));
        var other = (await stranger.PostAsync(EmailCodeSteps.Root, new { email = Some.Email() }, InBody))["attempt"]!;
        foreach (var given in new[] { other, (attempt[0] == 'A' ? 'B' : 'A') + attempt[1..], "x" })
        {
            await server.AssertNobodyInAsync(person, await stranger.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, attempt = given }, InBody));
            await server.AssertNobodyInAsync(person, await stranger.PostAsync($"{EmailCodeSteps.Root}confirm/", new { token, attempt = given }, InBody));
        }
        Assert.Equal("true", (await stranger.PostAsync($"{EmailCodeSteps.Root}check/", new { token, attempt }))["same_browser"]);
        var answer = await stranger.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, attempt }, InBody);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Empty(answer.SetCookies);
        Assert.Equal(200, (await stranger.PostAsync("/api/auth/token/refresh/", new { refresh = answer["refresh"] })).Status);
    }

    [Fact]
    public async Task An_origin_that_is_not_listed_gets_no_attempt_and_has_no_mail_sent()
    {
        (await stranger.PostAsync(EmailCodeSteps.Root, new { email = person.Email }, InBody, ("Origin", "https://app.example.test"), ("Sec-Fetch-Site", "same-origin")))
            .AssertRefused(403, "permission_denied");
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.EventsAsync(person, "sign_in_code_requested"));
    }

    [Fact]
    public async Task SG_07_A_code_of_another_purpose_signs_nobody_in_and_this_one_does_nothing_else()
    {
        var second = await owner.RegisterSomebodyAsync();
        var verification = Mailbox.CodeOf(await server.Mailbox.WaitAsync(second.Email));
        var (reset, resetCode) = await server.ResetCodeAsync(owner, person);
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        foreach (var wrong in new[] { verification, resetCode, token })
        {
            (await owner.SignInByCodeAsync(wrong, person.Email)).AssertBody(400, EmailCodeSteps.Refused);
        }
        (await owner.SignInByLinkAsync(reset)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.CheckCodeAsync(reset)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByCodeAsync(code, second.Email)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.ResetByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        (await owner.ResetAsync(token)).AssertRefused(400, "invalid_token");
        (await owner.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in"));
        Assert.Equal(200, (await owner.SignInByCodeAsync(code)).Status);
    }

    [Theory]
    [InlineData("a new password"), InlineData("a reset"), InlineData("11 minutes"), InlineData("email = 'moved.' || email, email_key = 'moved.' || email_key"), InlineData("is_active = false")]
    public async Task SG_07_Code_and_link_are_worth_nothing_after(string what)
    {
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        switch (what)
        {
            case "a new password":
                await stranger.SignInAsync(person);
                Assert.Equal(200, (await stranger.ChangePasswordAsync(person.Password, "another-good-password")).Status);
                break;
            case "a reset":
                (await stranger.ResetAsync(await server.ResetTokenAsync(stranger, person))).AssertBody(200, PasswordSteps.Done);
                break;
            case "11 minutes":
                await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = expires_at - interval '11 minutes' WHERE email = @email", ("email", person.Email));
                break;
            default:
                await server.Database.ChangeAsync(person, what);
                break;
        }
        (await owner.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal(0, await server.Database.CountAsync("sessions", "amr && '{mail}' AND user_id = (SELECT user_id FROM email_verification_tokens WHERE email = @email LIMIT 1)", ("email", person.Email)));
    }

    [Fact]
    public async Task SG_07_Three_mails_of_a_browser_live_side_by_side_and_those_of_others_end_none_of_them()
    {
        var codes = new List<(string Token, string Code)>();
        for (var i = 0; i < 4; i++)
        {
            codes.Add(await server.MailedCodeAsync(owner, person.Email));
            await server.MailedCodeAsync(stranger, person.Email);
        }
        (await owner.SignInByLinkAsync(codes[0].Token)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal(200, (await owner.SignInByCodeAsync(codes[1].Code)).Status);
        Assert.Equal(200, (await owner.SignInByLinkAsync(codes[3].Token)).Status);
    }
}
