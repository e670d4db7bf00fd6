using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>How often the code is mailed that adding a factor begins with.</summary>
public sealed class EnrolmentMailLimitTests(EnrolmentMailLimitTests.Limited shared) : IClassFixture<EnrolmentMailLimitTests.Limited>
{
    private readonly TestServer server = shared.Server;

    /// <summary>Nothing but the limit of mails is in the way.</summary>
    public sealed class Limited(Postgres postgres) : SharedServer(
        postgres, (PolicyServers.Required, "everybody"), ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "10000"),
        ("Accounts:Throttling:OthersPerMinute", "10000"), ("Accounts:Throttling:RegistrationsPerHour", "10000"));

    /// <summary>Who has proved the password already may be told; a code that was mailed for another ticket is of no use to them.</summary>
    [Fact]
    public async Task RL_04_Who_asks_for_the_code_of_an_enrolment_again_too_soon_is_told_how_long_to_wait()
    {
        using var browser = server.Client();
        var person = await server.RegisterVerifiedAsync(browser);
        var ticket = await browser.EnrolmentTicketAsync(person);
        var code = await server.EnrolmentCodeAsync(browser, person, ticket);
        using var other = server.Client();
        var another = await other.EnrolmentTicketAsync(person);
        foreach (var (client, own) in new[] { (browser, ticket), (other, another) })
        {
            var answer = await client.AskEnrolmentCodeAsync(own);
            answer.AssertRefused(429, "throttled");
            Assert.InRange(int.Parse(answer["retry_after"]!, CultureInfo.InvariantCulture), 1, 60);
            Assert.Equal(answer["retry_after"], answer.Header("Retry-After"));
        }
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "email = @email AND purpose = 'enrol'", ("email", person.Email)));
        Assert.Single(server.EnrolmentMails(person));

        await server.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = now() WHERE expires_at < now() + interval '61 seconds'");
        var next = await server.EnrolmentCodeAsync(other, person, another);
        (await other.BeginEnrolmentAsync(another, code)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await other.BeginEnrolmentAsync(another, next)).Status);
        Assert.Equal(200, (await browser.BeginEnrolmentAsync(ticket, code)).Status);
    }
}
