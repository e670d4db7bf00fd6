using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server that misbehaves, and what becomes of the mails.</summary>
[Trait("Pace", "long")]
public sealed class SmtpFaultTests(SinkServer shared) : IClassFixture<SinkServer>
{
    private static readonly TimeSpan PastTheTimeLimit = TimeSpan.FromSeconds(60);

    private readonly MailSink sink = shared.Sink;
    private readonly ServerProcess server = shared.Server;

    [Fact, Trait("Pace", "long")]
    public async Task DU_03_A_mail_that_stalls_delays_no_other_and_is_sent_after_the_time_limit()
    {
        await sink.MisbehaveAsync(new MailSink.Fault("stalling", "stall", 1));
        var stalled = await server.RegisterAsync("stalling");
        await server.Database.ExpectMailAsync(stalled, "state = 'sending'");
        var others = new[] { await server.RegisterAsync(), await server.RegisterAsync(), await server.RegisterAsync() };
        foreach (var other in others)
        {
            await sink.WaitAsync(other);
        }
        await server.Database.ExpectMailAsync(stalled, "state = 'sending' AND attempts = 1");
        await sink.WaitAsync(stalled, patience: PastTheTimeLimit);
        await server.LoggedAsync("could not be sent at attempt 1", "does not answer in time");
        await server.Database.ExpectMailAsync(stalled, "state = 'sent' AND attempts = 2");
        // Its claim was renewed all the while: nobody else has sent it meanwhile.
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient = @email AND sent_at > created_at + interval '29 seconds'", ("email", stalled)));
    }

    [Fact]
    public async Task DU_03_What_the_server_puts_off_is_tried_again()
    {
        await sink.MisbehaveAsync(new MailSink.Fault("greylisted", "recipient", 2, "451 4.7.1 Greylisted, try again later"));
        var address = await server.RegisterAsync("greylisted");
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND last_error LIKE '%Greylisted%'");
        await sink.WaitAsync(address);
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 3");
        var line = await server.LoggedAsync("could not be sent at attempt 1", "4.7.1 Greylisted");
        Assert.DoesNotContain(address, line, StringComparison.Ordinal);
        Assert.Single(await sink.ToAsync(address));
    }

    [Theory]
    [InlineData("sender", "553 5.1.8 Sender address rejected: domain not found")]
    [InlineData("sender", "552 5.2.3 Message size exceeds the mailbox's limit")]
    [InlineData("sender", "554 5.6.0 Not here")]
    [InlineData("recipient", "550 5.1.1 <refused-{0}@example.test>: no such user here")]
    [InlineData("recipient", "556 5.1.10 Recipient address has null MX")]
    [InlineData("recipient", "552 5.2.2 Over quota")]
    [InlineData("recipient", "550 5.7.1 Blocked by policy")]
    [InlineData("recipient", "554 5.6.7 No such characters here")]
    [InlineData("recipient", "550 5.0.0 Not here")]
    [InlineData("recipient", "550 No such user"), InlineData("recipient", "551 User not local"), InlineData("recipient", "552 Full"), InlineData("recipient", "553 No such name")]
    [InlineData("recipient", "503 5.1.1\tNo such user"), InlineData("recipient", "503 5.1.1\n5.1.1 No such user"), InlineData("sender", "550 5.1.1\n")]
    [InlineData("data", "554 5.5.1 No valid recipients"), InlineData("data", "550 5.7.1 Blocked by policy"), InlineData("data", "554 No"), InlineData("data", "503 5.5.1 Bad sequence of commands")]
    [InlineData("content", "554 5.6.0 This content is not wanted")]
    [InlineData("content", "554 5.7.1 Spam")]
    [InlineData("content", "554 Transaction failed: virus")]
    public async Task DU_03_What_the_server_refuses_for_good_is_given_up_in_its_own_words_and_the_others_go(string stage, string answer)
    {
        var word = $"refused{Guid.NewGuid():N}";
        await sink.MisbehaveAsync(new MailSink.Fault(stage == "sender" ? "hello" : word, stage, 1, answer));
        var refused = await server.RegisterAsync(word);
        answer = answer.Replace('\t', ' ').Replace('\n', ' ').Trim();
        await server.Database.ExpectMailAsync(refused, "state = 'abandoned' AND attempts = 1 AND payload IS NULL AND last_error LIKE '%refuses it: ' || @answer", answer);
        var line = await server.LoggedAsync("is given up", (await server.Database.MailIdAsync(refused)).ToString(), answer);
        Assert.DoesNotContain(refused, line, StringComparison.Ordinal);
        Assert.DoesNotContain("password", line.Replace("reset_password", ""), StringComparison.OrdinalIgnoreCase);
        await sink.WaitAsync(await server.RegisterAsync());
        Assert.Empty(await sink.ToAsync(refused));
    }

    [Theory]
    [InlineData("sender", "450 4.1.8 Sender address rejected: domain not found"), InlineData("sender", "530 5.7.0 Must issue a STARTTLS command first"), InlineData("sender", "550 5.7.1 Rate limited")]
    [InlineData("recipient", "503 5.5.1 Bad sequence of commands"), InlineData("recipient", "554 5.3.2 System not accepting messages"), InlineData("recipient", "554 5.4.4 Unable to route")]
    [InlineData("recipient", "503 Bad sequence of commands"), InlineData("recipient", "521 Host does not take mail"), InlineData("recipient", "554 5.3.0\nNot now")]
    [InlineData("data", "451 4.3.0 Try again later"), InlineData("data", "530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("recipient", "450 4.2.1 Mailbox busy"), InlineData("recipient", "530 5.7.0 Authentication required"), InlineData("content", "452 4.3.1 Disk full"), InlineData("content", "421 4.3.0 Closing")]
    public async Task DU_03_What_the_server_refuses_now_or_of_everybody_is_tried_again(string stage, string answer)
    {
        var word = $"delayed{Guid.NewGuid():N}";
        await sink.MisbehaveAsync(new MailSink.Fault(stage == "sender" ? "hello" : word, stage, 1, answer));
        var delayed = await server.RegisterAsync(word);
        await server.HastenAsync(delayed);
        await sink.WaitAsync(delayed);
        await server.Database.ExpectMailAsync(delayed, "state = 'sent' AND attempts = 2");
        await server.LoggedAsync("could not be sent at attempt 1", (await server.Database.MailIdAsync(delayed)).ToString(), answer[4..].Replace('\n', ' '));
    }

    [Fact]
    public async Task DU_03_A_server_that_hangs_up_after_taking_a_mail_gets_it_twice_at_most_under_one_id()
    {
        await sink.MisbehaveAsync(new MailSink.Fault("dropped", "drop", 1));
        var address = await server.RegisterAsync("dropped");
        await server.HastenAsync(address);
        var mails = await sink.WaitAsync(address, 2);
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 2");
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].Id, mails[1].Id);
        Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
    }
}
