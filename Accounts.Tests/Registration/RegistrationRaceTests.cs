using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>Everybody at once, over two processes on one database.</summary>
[Trait("Pace", "slow")]
public sealed class RegistrationRaceTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const int Registrations = 50, Verifications = 16;
    private static readonly int Rounds = Support.Rounds.Count;

    [Fact]
    public async Task RE_04_Of_fifty_registrations_of_one_address_in_mixed_case_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var username = Some.Username();
            var answers = await nodes.AtOnceAsync(Registrations, (client, i) => client.RegisterAsync(Cased(username, i), Cased(Some.Email(username), i)));
            Assert.Equal(1, answers.Count(answer => answer.Status == 201));
            Assert.Equal(Registrations - 1, answers.Count(answer => answer.Status == 400 && answer["email"] is not null && answer["username"] is not null));
            await AssertOneAsync(username, Cased(Some.Email(username), Array.FindIndex(answers, answer => answer.Status == 201)));
        }
    }

    private async Task AssertOneAsync(string username, string winner)
    {
        (string, object)[] address = [("email", Some.Email(username))];
        Assert.Equal(1, await nodes.Database.CountAsync("users", "email_key = @email", address));
        Assert.Equal(1, await nodes.Database.CountAsync("security_events e JOIN users u ON u.id = e.user_id", "email_key = @email", address));
        Assert.Equal(1, await nodes.Database.CountAsync("outbox_messages", "lower(recipient) = @email", address));
        Assert.Single(await nodes.MailsAsync(winner, 1));
    }

    /// <summary>Another mixture of capitals for every number.</summary>
    private static string Cased(string text, int number) =>
        string.Concat(text.Select((c, at) => ((number >> (at % 6)) & 1) == 1 ? char.ToUpperInvariant(c) : c));

    [Fact]
    public async Task EV_01_Sixteen_spendings_of_one_token_at_once_all_succeed_and_verify_once()
    {
        using var client = nodes.Client(0);
        for (var round = 0; round < Rounds; round++)
        {
            var person = await client.RegisterSomebodyAsync();
            var token = Mailbox.TokenOf((await nodes.MailsAsync(person.Email, 1))[0]);
            await AssertVerifiedOnceAsync(person, await nodes.AtOnceAsync(Verifications, (browser, _) => browser.VerifyAsync(token)));
        }
    }

    [Fact]
    public async Task EV_01_Different_links_of_one_user_at_once_verify_once()
    {
        using var client = nodes.Client(0);
        for (var round = 0; round < Rounds; round++)
        {
            var person = await client.RegisterSomebodyAsync();
            await client.ResendAsync(person.Email);
            await nodes.MailsAsync(person.Email, 2);
            await client.ResendAsync(person.Email);
            var tokens = (await nodes.MailsAsync(person.Email, 3)).ConvertAll(Mailbox.TokenOf);
            await AssertVerifiedOnceAsync(person, await nodes.AtOnceAsync(Verifications, (browser, i) => browser.VerifyAsync(tokens[i % 3])));
        }
    }

    private async Task AssertVerifiedOnceAsync(Person person, Answer[] answers)
    {
        Assert.All(answers, answer => answer.AssertBody(200, """{"message":"Email verified"}"""));
        Assert.True(await nodes.Database.IsVerifiedAsync(person));
        Assert.Equal(1, await nodes.Database.EventsAsync(person, "email_verified"));
    }

    [Fact]
    public async Task EV_04_Verifying_rejecting_and_resending_at_once_leave_a_verified_user_or_none()
    {
        using var client = nodes.Client(0);
        for (var round = 0; round < Rounds; round++)
        {
            var person = await client.RegisterSomebodyAsync();
            var token = Mailbox.TokenOf((await nodes.MailsAsync(person.Email, 1))[0]);
            // Two resends: a third would supersede the link.
            var answers = await nodes.AtOnceAsync(12, (browser, i) => (i % 6) switch
            {
                0 or 1 => browser.VerifyAsync(token),
                2 or 3 or 4 => browser.RejectAsync(token),
                _ => browser.ResendAsync(person.Email),
            });
            await AssertOneOutcomeAsync(person, answers);
        }
    }

    private async Task AssertOneOutcomeAsync(Person person, Answer[] answers)
    {
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 400, answer.ToString()));
        var verified = answers.Where((_, i) => i % 6 is 0 or 1).Any(answer => answer.Status == 200);
        var rejected = answers.Where((_, i) => i % 6 is 2 or 3 or 4).Any(answer => answer.Status == 200);
        Assert.NotEqual(verified, rejected);
        Assert.Equal(verified ? 1 : 0, await nodes.Database.UsersAsync(person.Email, "email_verified"));
        Assert.Equal(verified ? 1 : 0, await nodes.Database.UsersAsync(person.Email));
    }
}
