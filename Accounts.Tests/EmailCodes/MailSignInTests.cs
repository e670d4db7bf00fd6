using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>What asking for a mail that signs in does, and what comes of it for every kind of account.</summary>
public sealed class MailSignInTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
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

    [Fact]
    public async Task The_link_signs_in_the_browser_that_asked_and_no_second_time()
    {
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        var answer = await owner.SignInByLinkAsync(token);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(200, (await owner.MeAsync(answer.Access)).Status);
        (await owner.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
    }

    [Fact]
    public async Task SG_07_The_mail_names_the_act_where_it_was_asked_for_and_says_to_tell_the_code_to_nobody()
    {
        using var firefox = server.Client(NewDevices.UserAgents.Firefox);
        var (token, code) = await server.MailedCodeAsync(firefox, person.Email);
        var mail = await server.CodeMailAsync(person.Email);
        Assert.DoesNotContain(code, mail.Subject, StringComparison.Ordinal);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.Contains("wants to sign in to localhost", part, StringComparison.Ordinal);
            Assert.Contains("Tell the code to nobody", part, StringComparison.Ordinal);
            Assert.Contains("Firefox on Linux", part, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", part, StringComparison.Ordinal);
            Assert.Contains($"{server.Address}sign-in/code#token={token}", part, StringComparison.Ordinal);
            Assert.Contains(code, part, StringComparison.Ordinal);
        }
        var stored = await server.Database.ScalarAsync<byte[]>("SELECT code_hash FROM email_verification_tokens WHERE email = @email AND purpose = 'sign_in'", ("email", person.Email));
        Assert.NotEqual(SHA256.HashData(Encoding.ASCII.GetBytes(code)), stored);
        Assert.DoesNotContain(code, await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody"), InlineData("is_active = false")]
    public async Task SG_07_Asking_answers_alike_and_mails_nothing_to(string whom)
    {
        var email = whom == "nobody" ? Some.Email() : person.Email;
        var known = await server.RegisterVerifiedAsync(stranger);
        if (whom != "nobody")
        {
            await server.Database.ChangeAsync(person, whom);
        }
        using var one = server.Client();
        using var other = server.Client();
        Assert.Equal((await one.AskCodeAsync(known.Email)).Visible(), (await other.AskCodeAsync(email)).Visible());
        await server.CodeMailAsync(known.Email);
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "email = @email AND purpose = 'sign_in'", ("email", email)));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email AND template IN ('sign_in_code', 'new_account_code')", ("email", email)));
    }

    [Fact]
    public async Task A_session_that_came_along_is_replaced_and_one_that_is_not_to_be_remembered_goes_with_the_browser()
    {
        await owner.SignInAsync(person);
        var before = owner.RefreshCookie!;
        var (_, code) = await server.MailedCodeAsync(owner, person.Email);
        var answer = await owner.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, remember = false });
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("max-age", answer.SetCookies.Single(cookie => cookie.StartsWith("refresh_token=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        (await stranger.RefreshAsync(before)).AssertRefreshRefused("revoked");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Who_has_deleted_the_account_is_told_after_the_right_code_and_has_it_back_with_the_same()
    {
        await server.Database.ChangeAsync(person, "deleted_at = now(), erase_after = now() + interval '14 days'");
        var (_, code) = await server.MailedCodeAsync(owner, person.Email);
        (await owner.SignInByCodeAsync(PasswordSteps.Wrong(code))).AssertBody(400, EmailCodeSteps.Refused);
        var told = await owner.SignInByCodeAsync(code);
        told.AssertRefused(403, "account_deleted");
        Assert.NotNull(told["restore_until"]);
        var back = await owner.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code, restore = true });
        Assert.Equal((200, "true"), (back.Status, back["restored"]));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL AND erase_after IS NULL"));
        Assert.Equal(200, (await owner.MeAsync(back.Access)).Status);
    }

    [Fact]
    public async Task Who_is_frozen_is_told_after_the_right_code_and_let_in_by_none()
    {
        await server.Database.ChangeAsync(person, "frozen_until = now() + interval '1 day'");
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        var before = await server.Database.UserStateAsync(person);
        (await owner.SignInByCodeAsync(code)).AssertRefused(403, "account_frozen");
        (await owner.SignInByLinkAsync(token)).AssertRefused(403, "account_frozen");
        Assert.Equal((before, 0), (await server.Database.UserStateAsync(person), await server.Database.LiveSessionsAsync(person)));
    }

    [Fact]
    public async Task Who_signed_up_by_mail_alone_and_lost_the_password_comes_in_by_every_code()
    {
        await server.Database.ChangeAsync(person, "password_hash = NULL, ways = '{}'");
        for (var i = 0; i < 2; i++)
        {
            var (_, code) = await server.MailedCodeAsync(owner, person.Email);
            Assert.Equal(200, (await owner.SignInByCodeAsync(code)).Status);
        }
    }

    [Fact]
    public async Task What_is_missing_or_malformed_is_told()
    {
        (await owner.PostAsync(EmailCodeSteps.Root, new { })).AssertBody(400, """{"email":["This field is required."]}""");
        (await owner.PostAsync($"{EmailCodeSteps.Root}confirm/", new { })).AssertBody(400, """{"code":["This field is required."]}""");
        (await owner.PostAsync($"{EmailCodeSteps.Root}confirm/", new { code = "1", email = "x" })).AssertBody(400, """{"email":["Enter a valid email address."]}""");
        (await owner.PostAsync($"{EmailCodeSteps.Root}check/", new { })).AssertBody(400, """{"token":["This field is required."]}""");
    }
}
