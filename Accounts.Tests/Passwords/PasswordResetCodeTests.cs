using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Choosing a new password by the 8 digits of the mail, in the browser that asked for it.</summary>
public sealed class PasswordResetCodeTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Reset = "/api/auth/password/reset/", Refused = """{"detail":"Invalid or expired token","code":"invalid_token"}""";
    private static readonly (string, string) InBody = ("X-Token-Transport", "body");

    private readonly TestServer server = shared.Server;
    private readonly ApiClient owner = shared.Server.Client(), stranger = shared.Server.Client();
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await owner.SignInSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        stranger.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("{0}{1}"), InlineData("{0} {1}"), InlineData(" {0}-{1}\u00a0")]
    public async Task SG_07_The_code_does_what_the_link_does_in_the_browser_that_asked(string groups)
    {
        var change = await server.Database.PlantChangeAsync(person, Some.Email());
        var (token, code) = await server.ResetCodeAsync(owner, person);
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, groups, code[..4], code[4..]);
        var answer = await owner.ResetByCodeAsync($" {person.Email.ToUpperInvariant()} ", typed);
        answer.AssertBody(200, PasswordSteps.Done);
        Assert.Empty(answer.SetCookies);
        await owner.AssertOutAsync();
        Assert.Equal((0, 0), (await server.Database.LiveTokensAsync(person), await server.Database.LiveTokensAsync(person, "change")));
        (await owner.ConfirmChangeAsync(change)).AssertBody(400, Refused);
        (await owner.ResetByCodeAsync(person.Email, code, "another-good-password")).AssertBody(400, Refused);
        (await owner.ResetAsync(token, "another-good-password")).AssertBody(400, Refused);
        Assert.Equal((1, true), (await server.Database.EventsAsync(person, "password_reset"), await server.Database.IsVerifiedAsync(person)));
        Assert.Equal("Your password at localhost was changed", (await server.NoticeAsync(person)).Subject);
        Assert.Equal(200, (await owner.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        (await owner.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task SG_07_The_mail_names_the_act_and_says_to_tell_the_code_to_nobody()
    {
        var (_, code) = await server.ResetCodeAsync(owner, person);
        var mail = server.Mailbox.Resets(person.Email)[^1];
        Assert.DoesNotContain(code, mail.Subject, StringComparison.Ordinal);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.Contains("enter this code, to choose a new password", part, StringComparison.Ordinal);
            Assert.Contains("Tell the code to nobody", part, StringComparison.Ordinal);
            Assert.Contains(code, part, StringComparison.Ordinal);
        }
        var stored = await server.Database.ScalarAsync<byte[]>("SELECT code_hash FROM email_verification_tokens WHERE email = @email AND purpose = 'reset'", ("email", person.Email));
        Assert.NotEqual(SHA256.HashData(Encoding.ASCII.GetBytes(code)), stored);
    }

    [Theory]
    [InlineData("nothing"), InlineData("a session"), InlineData("a mail of its own"), InlineData("a later mail of the same account")]
    public async Task SG_07_The_right_code_is_refused_elsewhere_and_costs_the_owner_no_try(string has)
    {
        var (_, code) = await server.ResetCodeAsync(owner, person);
        switch (has)
        {
            case "a session":
                await stranger.SignInAsync(person);
                break;
            case "a mail of its own":
                await server.ResetCodeAsync(stranger, await stranger.RegisterSomebodyAsync());
                break;
            case "a later mail of the same account":
                await server.ResetCodeAsync(stranger, person);
                break;
        }
        var before = await server.Database.UserStateAsync(person);
        for (var i = 0; i < 6; i++)
        {
            var refused = await stranger.ResetByCodeAsync(person.Email, code);
            refused.AssertBody(400, Refused);
            Assert.Equal((await stranger.ResetByCodeAsync(Some.Email(), code)).Visible(), refused.Visible());
        }
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(200, PasswordSteps.Done);
    }

    [Fact]
    public async Task SG_07_Five_wrong_codes_close_it_and_the_link_still_works()
    {
        var (token, code) = await server.ResetCodeAsync(owner, person);
        var before = await server.Database.UserStateAsync(person);
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            (await owner.ResetByCodeAsync(person.Email, PasswordSteps.Wrong(code, wrong))).AssertBody(400, Refused);
            Assert.Equal(wrong, await server.Database.ResetTriesAsync(person));
        }
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(400, Refused);
        Assert.Equal((5, before), (await server.Database.ResetTriesAsync(person), await server.Database.UserStateAsync(person)));
        await server.Database.CountedAsync(person, "sign_in_failed", 5);
        (await owner.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
    }

    [Fact]
    public async Task SG_07_Forty_guesses_at_once_are_five_guesses()
    {
        var (_, code) = await server.ResetCodeAsync(owner, person);
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(step => owner.ResetByCodeAsync(person.Email, PasswordSteps.Wrong(code, step))));
        Assert.All(answers, answer => answer.AssertBody(400, Refused));
        Assert.Equal(5, await server.Database.ResetTriesAsync(person));
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(400, Refused);
    }

    [Fact]
    public async Task SG_07_A_password_that_is_refused_uses_up_neither_the_code_nor_a_try()
    {
        var (_, code) = await server.ResetCodeAsync(owner, person);
        for (var i = 0; i < 6; i++)
        {
            (await owner.ResetByCodeAsync(person.Email, code, "password")).AssertBody(400, """{"new_password":["This password is too common."]}""");
        }
        (await owner.ResetByCodeAsync(person.Email, PasswordSteps.Wrong(code), "password")).AssertBody(400, Refused);
        Assert.Equal((1, 1), (await server.Database.ResetTriesAsync(person), await server.Database.LiveTokensAsync(person)));
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(200, PasswordSteps.Done);
    }

    [Fact]
    public async Task SG_07_A_client_without_cookies_sends_the_attempt_back_that_it_was_given()
    {
        var asked = await stranger.PostAsync(Reset, new { email = person.Email }, InBody);
        Assert.Equal((200, "Password reset e-mail has been sent."), (asked.Status, asked["detail"]));
        Assert.Empty(asked.SetCookies);
        var (code, attempt) = (PasswordSteps.ResetCodeOf((await server.Mailbox.WaitForResetsAsync(person.Email, 1))[0]), asked["attempt"]!);
        var other = (await stranger.PostAsync(Reset, new { email = Some.Email() }, InBody))["attempt"];
        foreach (var given in new[] { null, other, (attempt[0] == 'A' ? 'B' : 'A') + attempt[1..], "x" })
        {
            (await ConfirmAsync(code, given)).AssertBody(400, Refused);
        }
        Assert.Equal(attempt.Length, (await stranger.PostAsync(Reset, new { email = person.Email, attempt }, InBody))["attempt"]!.Length);
        var second = PasswordSteps.ResetCodeOf((await server.Mailbox.WaitForResetsAsync(person.Email, 2))[1]);
        (await ConfirmAsync(PasswordSteps.Wrong(second), attempt)).AssertBody(400, Refused);
        (await ConfirmAsync(second, attempt)).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await stranger.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    private Task<Answer> ConfirmAsync(string code, string? attempt)
    {
        var body = new Dictionary<string, string> { ["email"] = person.Email, ["code"] = code, ["new_password"] = Some.OtherPassword };
        if (attempt is not null)
        {
            body["attempt"] = attempt;
        }
        return stranger.PostAsync($"{Reset}confirm/", body);
    }

    [Fact]
    public async Task SG_07_A_known_and_an_unknown_address_get_an_attempt_alike_and_an_origin_that_is_not_listed_none()
    {
        foreach (var headers in new[] { [], new[] { InBody } })
        {
            var (known, unknown) = (await stranger.PostAsync(Reset, new { email = person.Email }, headers), await stranger.PostAsync(Reset, new { email = Some.Email() }, headers));
            Assert.Equal((200, unknown["attempt"]?.Length, unknown.SetCookies.Count()), (known.Status, known["attempt"]?.Length, known.SetCookies.Count()));
            Assert.Equal(headers.Length == 0, known["attempt"] is null);
        }
        await server.Database.WorkedOffAsync();
        var events = await server.Database.EventsAsync(person, "password_reset_requested");
        (await stranger.PostAsync(Reset, new { email = person.Email }, InBody, ("Origin", "https://app.example.test"), ("Sec-Fetch-Site", "same-origin")))
            .AssertRefused(403, "permission_denied");
        await server.Database.WorkedOffAsync();
        Assert.Equal(events, await server.Database.EventsAsync(person, "password_reset_requested"));
    }

    [Fact]
    public async Task EV_03_Scenario_9_A_code_serves_its_own_user_and_purpose()
    {
        var second = await owner.RegisterSomebodyAsync();
        var verify = Mailbox.CodeOf(await server.Mailbox.WaitAsync(second.Email));
        var (_, code) = await server.ResetCodeAsync(owner, person);
        await server.ResetCodeAsync(owner, second);
        var before = (await server.Database.UserStateAsync(person), await server.Database.UserStateAsync(second));
        (await owner.ResetByCodeAsync(second.Email, code)).AssertBody(400, Refused);
        (await owner.ResetByCodeAsync(second.Email, verify)).AssertBody(400, Refused);
        (await owner.VerifyByCodeAsync(person.Email, code)).AssertBody(400, Refused);
        (await owner.ResetAsync(code)).AssertBody(400, Refused);
        Assert.Equal(before, (await server.Database.UserStateAsync(person), await server.Database.UserStateAsync(second)));
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(200, PasswordSteps.Done);
    }

    [Theory]
    [InlineData("a new password"), InlineData("31 minutes"), InlineData("email = 'moved.' || email, email_key = 'moved.' || email_key"), InlineData("is_active = false")]
    [InlineData("deleted_at = now()"), InlineData("frozen_until = now() + interval '1 day'")]
    public async Task EV_03_A_code_is_worth_nothing_after(string what)
    {
        var (_, code) = await server.ResetCodeAsync(owner, person);
        switch (what)
        {
            case "a new password":
                Assert.Equal(200, (await owner.ChangePasswordAsync(person.Password, "another-good-password")).Status);
                break;
            case "31 minutes":
                await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = expires_at - interval '31 minutes' WHERE email = @email", ("email", person.Email));
                break;
            default:
                await server.Database.ChangeAsync(person, what);
                break;
        }
        var hash = await HashAsync();
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(400, Refused);
        Assert.Equal(hash, await HashAsync());
    }

    private Task<string> HashAsync() => server.Database.ScalarAsync<string>("SELECT password_hash FROM users WHERE username = @name", ("name", person.Username));

    [Fact]
    public async Task All_that_is_missing_beside_address_or_code_is_told_at_once()
    {
        (await owner.PostAsync($"{Reset}confirm/", new { email = person.Email })).AssertBody(400, """{"code":["This field is required."],"new_password":["This field is required."]}""");
        (await owner.PostAsync($"{Reset}confirm/", new { code = "1", new_password = "" })).AssertBody(400, """{"email":["This field is required."],"new_password":["This field may not be blank."]}""");
    }
}
