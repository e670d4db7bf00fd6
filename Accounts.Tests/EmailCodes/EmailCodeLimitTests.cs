using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>How often codes may be wrong for one address, and mails be sent to one and by one network.</summary>
[Trait("Pace", "long")]
public sealed class EmailCodeLimitTests(Postgres postgres)
{
    private static readonly (string, string)[] Limited =
    [
        ("Accounts:EmailCodes:Enabled", "true"), ("Accounts:EmailCodes:SignUp", "true"), ("Accounts:Throttling:Enabled", "true"),
        ("Accounts:Throttling:SignInsPerMinute", "10000"), ("Accounts:Throttling:OthersPerMinute", "10000"),
    ];

    private static readonly (string, string)[] AnyMails =
    [
        ("Accounts:Throttling:MailsPerMinute", "100"), ("Accounts:Throttling:MailsPerHour", "100"), ("Accounts:Throttling:MailsPerDay", "100"),
        ("Accounts:Throttling:RegistrationsPerHour", "100"),
    ];

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task SG_07_Twenty_wrong_codes_a_day_from_anywhere_close_the_codes_of_the_address_and_the_link_still_works(bool known)
    {
        await using var server = await TestServer.StartAsync(postgres, [.. Limited, .. AnyMails]);
        using var owner = server.Client();
        var person = known ? await server.RegisterVerifiedAsync(owner) : new Person("", Some.Email(), "");
        var subject = known ? EmailCodeSteps.Subject : EmailCodeSteps.NewSubject;
        for (var browser = 0; browser < 4; browser++)
        {
            using var thief = server.Client();
            var (_, code) = await server.MailedCodeAsync(thief, person.Email, subject);
            for (var wrong = 1; wrong <= 5; wrong++)
            {
                (await thief.SignInByCodeAsync(PasswordSteps.Wrong(code, wrong))).AssertBody(400, EmailCodeSteps.Refused);
            }
        }
        var (token, right) = await server.MailedCodeAsync(owner, person.Email, subject);
        var closed = await owner.SignInByCodeAsync(right);
        closed.AssertBody(400, EmailCodeSteps.Refused);
        Assert.Equal((await owner.SignInByCodeAsync(right, Some.Email())).Visible(), closed.Visible());
        if (known)
        {
            await server.Database.CountedAsync(person, "sign_in_failed", 20);
            await server.Database.CountedAsync(person, "sign_in_locked", 1);
            var (_, reset) = await server.ResetCodeAsync(owner, person);
            (await owner.ResetByCodeAsync(person.Email, reset)).AssertRefused(400, "invalid_token");
            Assert.Equal(200, (await owner.LoginAsync(person)).Status);
        }
        Assert.Equal(200, (await owner.SignInByLinkAsync(token)).Status);
    }

    [Fact]
    public async Task SG_07_Right_codes_are_not_counted()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. Limited, .. AnyMails]);
        using var owner = server.Client();
        var person = await server.RegisterVerifiedAsync(owner);
        await server.Database.ChangeAsync(person, "frozen_until = now() + interval '1 day'");
        var (_, code) = await server.MailedCodeAsync(owner, person.Email);
        for (var i = 0; i < 25; i++)
        {
            (await owner.SignInByCodeAsync(code)).AssertRefused(403, "account_frozen");
        }
        Assert.Equal(0, await server.Database.CodeTriesAsync(person.Email));
    }

    [Fact]
    public async Task RL_04_A_mailbox_gets_one_mail_a_minute_and_the_answer_does_not_tell()
    {
        await using var server = await TestServer.StartAsync(postgres, Limited);
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        foreach (var (email, subject) in new[] { (person.Email, EmailCodeSteps.Subject), (Some.Email(), EmailCodeSteps.NewSubject) })
        {
            await server.MailedCodeAsync(client, email, subject);
            (await client.AskCodeAsync(email)).AssertBody(200, EmailCodeSteps.Asked);
            await server.Database.WorkedOffAsync();
            Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "email = @email AND purpose = 'sign_in'", ("email", email)));
        }
    }

    [Fact]
    public async Task RL_06_Mails_to_addresses_that_nobody_has_are_counted_as_registrations_and_those_of_users_are_not()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. Limited, .. AnyMails, ("Accounts:Throttling:RegistrationsPerHour", "3")]);
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        for (var i = 0; i < 4; i++)
        {
            (await client.AskCodeAsync(Some.Email())).AssertBody(200, EmailCodeSteps.Asked);
        }
        await server.Database.WorkedOffAsync();
        Assert.Equal(2, await server.Database.CountAsync("email_verification_tokens", "user_id IS NULL"));
        await server.MailedCodeAsync(client, person.Email);
    }
}
