using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>How mails share connections and time.</summary>
[Trait("Pace", "long")]
public sealed class SmtpPaceTests(Postgres postgres)
{
    private const int Mails = 24;

    /// <summary>Six at a time need a quarter of the time of one by one and a half: a bound that a busy machine keeps, too.</summary>
    [Fact]
    public async Task DU_03_A_lane_waits_for_its_own_mail_alone()
    {
        var delay = TimeSpan.FromSeconds(1);
        await using var sink = await MailSink.StartAsync(new { delay = delay.TotalMilliseconds });
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly);
        await QueueAsync(server);
        var clock = Stopwatch.StartNew();
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', due_at = now()");
        await Until.TrueAsync(async () => (await sink.MailsAsync()).Count == Mails, "all are there", TimeSpan.FromMinutes(1));
        // The sink keeps a mail before it answers.
        Assert.InRange(clock.Elapsed, delay * ((Mails / 6) - 1), delay * Mails / 2);
        Assert.InRange((await sink.MailsAsync()).Select(mail => mail.Connection).Distinct().Count(), 2, 6);
    }

    [Fact]
    public async Task DU_03_As_many_mails_are_on_their_way_as_there_are_lanes()
    {
        await using var sink = await MailSink.StartAsync(new { delay = 200 });
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly, ("Accounts:Mail:Lanes", "1"));
        await QueueAsync(server);
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', due_at = now()");
        await Until.TrueAsync(async () => (await sink.MailsAsync()).Count == Mails, "all are there", TimeSpan.FromMinutes(1));
        Assert.Single((await sink.MailsAsync()).Select(mail => mail.Connection).Distinct());
    }

    [Fact]
    public async Task DU_03_A_server_that_closes_after_each_mail_costs_no_failure()
    {
        await using var sink = await MailSink.StartAsync(new { closeAfterEach = true });
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly, ("Accounts:Mail:Lanes", "1"));
        for (var i = 0; i < 5; i++)
        {
            var address = await server.RegisterAsync();
            await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1");
            await Task.Delay(100);
        }
        Assert.Equal(5, (await sink.MailsAsync()).Select(mail => mail.Connection).Distinct().Count());
    }

    /// <summary>Leaves them claimed, so that all become due at once.</summary>
    private static async Task QueueAsync(TestServer server)
    {
        await server.Database.ExecuteAsync("CREATE FUNCTION claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.state = 'sending'; NEW.due_at = now() + interval '1 hour'; RETURN NEW; END $$");
        await server.Database.ExecuteAsync("CREATE TRIGGER claim BEFORE INSERT ON outbox_messages FOR EACH ROW EXECUTE FUNCTION claim()");
        for (var i = 0; i < Mails; i++)
        {
            await server.RegisterAsync();
        }
    }
}
