using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>How often the codes of reset mails may be wrong for one account.</summary>
[Trait("Pace", "long")]
public sealed class PasswordResetCodeLimitTests(PasswordResetCodeLimitTests.Limited shared) : IClassFixture<PasswordResetCodeLimitTests.Limited>
{
    private const string Refused = """{"detail":"Invalid or expired token","code":"invalid_token"}""";

    private readonly TestServer server = shared.Server;

    public sealed class Limited(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:MailsPerMinute", "100"), ("Accounts:Throttling:MailsPerHour", "100"),
        ("Accounts:Throttling:MailsPerDay", "100"), ("Accounts:Throttling:SignInsPerMinute", "10000"), ("Accounts:Throttling:RegistrationsPerHour", "100"));

    [Fact]
    public async Task SG_07_Twenty_wrong_codes_a_day_from_anywhere_close_the_codes_of_the_account_and_the_link_still_works()
    {
        using var owner = server.Client();
        var (person, other) = (await owner.RegisterSomebodyAsync(), await owner.RegisterSomebodyAsync());
        for (var browser = 0; browser < 4; browser++)
        {
            using var thief = server.Client();
            var (_, code) = await server.ResetCodeAsync(thief, person);
            for (var wrong = 1; wrong <= 5; wrong++)
            {
                (await thief.ResetByCodeAsync(person.Email, PasswordSteps.Wrong(code, wrong))).AssertBody(400, Refused);
            }
        }
        await server.Database.CountedAsync(person, "sign_in_failed", 20);
        var (token, right) = await server.ResetCodeAsync(owner, person);
        var before = await server.Database.UserStateAsync(person);
        var closed = await owner.ResetByCodeAsync(person.Email, right);
        closed.AssertBody(400, Refused);
        Assert.Equal((await owner.ResetByCodeAsync(Some.Email(), right)).Visible(), closed.Visible());
        await server.Database.CountedAsync(person, "sign_in_locked", 1);
        Assert.Equal(before, await server.Database.UserStateAsync(person));

        var (_, code2) = await server.ResetCodeAsync(owner, other);
        (await owner.ResetByCodeAsync(other.Email, code2)).AssertBody(200, PasswordSteps.Done);
        (await owner.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await owner.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task SG_07_Right_codes_are_not_counted()
    {
        using var owner = server.Client();
        var person = await owner.RegisterSomebodyAsync();
        var (_, code) = await server.ResetCodeAsync(owner, person);
        for (var i = 0; i < 25; i++)
        {
            (await owner.ResetByCodeAsync(person.Email, code, "password")).AssertBody(400, """{"new_password":["This password is too common."]}""");
        }
        (await owner.ResetByCodeAsync(person.Email, code)).AssertBody(200, PasswordSteps.Done);
    }
}
