using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>Signing in by mail with an address that nobody has.</summary>
public sealed class EmailCodeSignUpTests(EmailCodeSignUpTests.Open shared) : IClassFixture<EmailCodeSignUpTests.Open>, IDisposable
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client(), other = shared.Server.Client();
    private readonly string email = Some.Email();

    public sealed class Open(Postgres postgres) : EmailCodesServer(postgres, ("Accounts:EmailCodes:SignUp", "true"));

    public void Dispose()
    {
        client.Dispose();
        other.Dispose();
    }

    private Person Person => new("", email, Some.OtherPassword);

    [Theory]
    [InlineData("the code"), InlineData("the link")]
    public async Task It_makes_an_account_that_is_verified_and_has_no_password(string by)
    {
        var (token, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        Assert.Equal(0, await server.Database.UsersAsync(email));
        var answer = by == "the code" ? await client.SignInByCodeAsync(code) : await client.SignInByLinkAsync(token);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Matches("^user[0-9]{8}$", answer.Json.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified AND verified_by = 'code' AND password_hash IS NULL AND ways = '{}' AND signed_up_here"));
        Assert.Equal((1, 1, 1), (await server.Database.EventsAsync(Person, "registered"), await server.Database.EventsAsync(Person, "email_verified"), await server.Database.EventsAsync(Person, "signed_in")));
        (await client.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);

        var (_, again) = await server.MailedCodeAsync(other, email);
        Assert.Equal(answer.Json.GetProperty("user").GetProperty("id").GetString(), (await other.SignInByCodeAsync(again)).Json.GetProperty("user").GetProperty("id").GetString());
        (await other.ResetAsync(await server.ResetTokenAsync(other, Person))).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await other.LoginAsync(Person)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task SG_07_The_mail_says_that_an_account_will_be_made_and_the_link_elsewhere_shows_it()
    {
        var (token, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        var mail = await server.CodeMailAsync(email, subject: EmailCodeSteps.NewSubject);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.Contains("signing in makes one", part, StringComparison.Ordinal);
            Assert.Contains("Tell the code to nobody", part, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", part, StringComparison.Ordinal);
            Assert.Contains(code, part, StringComparison.Ordinal);
        }
        var shown = await other.CheckCodeAsync(token);
        Assert.Equal((200, "true", "false", code), (shown.Status, shown["new_account"], shown["same_browser"], shown["code"]));
        (await other.SignInByLinkAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
        (await other.SignInByCodeAsync(code)).AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal(0, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task Two_browsers_that_ask_for_one_new_address_get_one_account()
    {
        var (_, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        var (token, second) = await server.MailedCodeAsync(other, email, EmailCodeSteps.NewSubject);
        Assert.Equal(200, (await client.SignInByCodeAsync(code)).Status);
        Assert.Equal("false", (await client.CheckCodeAsync(token))["new_account"]);
        Assert.Equal(200, (await other.SignInByCodeAsync(second)).Status);
        Assert.Equal((1, 2), (await server.Database.UsersAsync(email), await server.Database.LiveSessionsAsync(Person)));
    }

    [Fact]
    public async Task RE_06_Somebody_who_registers_the_address_meanwhile_has_nothing_of_it()
    {
        var (_, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        var squatter = new Person(Some.Username(), email, Some.Password);
        Assert.Equal(201, (await other.RegisterAsync(squatter)).Status);
        await other.SignInAsync(squatter);
        Assert.Equal(200, (await client.SignInByCodeAsync(code)).Status);
        await other.AssertOutAsync();
        (await other.LoginAsync(squatter)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified AND password_hash IS NULL"));
    }

    [Fact]
    public async Task SG_08_An_address_that_its_user_may_have_back_makes_no_account()
    {
        var (_, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        var owner = await server.RegisterVerifiedAsync(other);
        Assert.Equal(1, await server.Database.ExecuteAsync(
            """
            INSERT INTO account_changes (id, user_id, kind, email, reserved_email, ip, user_agent, token_hash, at, expires_at)
            SELECT gen_random_uuid(), id, 'email_changed', @email, @email, '127.0.0.1', 'Tests/1.0', sha256('x'), clock_timestamp(), clock_timestamp() + interval '7 days'
            FROM users WHERE email = @owner
            """,
            ("email", email), ("owner", owner.Email)));
        (await client.SignInByCodeAsync(code)).AssertRefused(409, "email_taken");
        Assert.Equal(0, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task LG_06_Its_user_gets_the_mail_in_the_export_and_takes_it_along()
    {
        var (_, code) = await server.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        client.Access = (await client.SignInByCodeAsync(code)).Access;
        var mails = (await client.GetAsync("/api/auth/me/export/")).Json.GetProperty("email_verification_tokens");
        Assert.Equal(("sign_in", "127.0.0.1"), (mails[0].GetProperty("purpose").GetString(), mails[0].GetProperty("ip").GetString()));
        Assert.Equal(1, await server.Database.ExecuteAsync("DELETE FROM users WHERE email = @email", ("email", email)));
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "email = @email", ("email", email)));
    }
}
