using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

[Trait("Pace", "long")]
public sealed class OutboxSignalTests(Postgres postgres)
{
    /// <summary>The clock of the database is compared with that of the mail server, on one machine.</summary>
    [Fact]
    public async Task The_process_that_commits_a_mail_sends_it_at_once()
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var address = await server.RegisterAsync();
            var mail = Assert.Single(await sink.WaitAsync(address));
            var queued = await server.Database.ScalarAsync<DateTime>("SELECT created_at FROM outbox_messages WHERE recipient = @email", ("email", address));
            waits.Add((DateTimeOffset.FromUnixTimeMilliseconds(mail.At) - queued).TotalSeconds);
        }
        Assert.InRange(waits.Order().ElementAt(waits.Count / 2), -1, 2);
    }

    [Fact]
    public async Task What_another_process_has_committed_is_found_within_the_poll_interval()
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly);
        var address = await server.RegisterAsync();
        await sink.WaitAsync(address);
        await server.Database.ExpectMailAsync(address, "state = 'sent'");
        var left = await LeaveAsync(server.Database);
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', due_at = now() WHERE recipient = @email", ("email", left));
        await sink.WaitAsync(left, patience: TimeSpan.FromSeconds(20));
    }

    /// <summary>A mail that a process has queued, could not send, and went; not one that the server beside it was quicker to find.</summary>
    private static async Task<string> LeaveAsync(TestDatabase database)
    {
        await using var other = await ServerProcess.StartAsync(database.ConnectionString, ("Accounts:Mail:SmtpUrl", "smtp://127.0.0.1:9?tls=none"));
        while (true)
        {
            var left = await other.RegisterAsync("left");
            await database.ExpectMailAsync(left, "(last_error <> '' OR state = 'sent')");
            if (await database.CountAsync("outbox_messages", "recipient = @email AND last_error <> ''", ("email", left)) == 1)
            {
                return left;
            }
        }
    }

    [Fact]
    public async Task No_commit_notifies_anybody()
    {
        await using var server = await TestServer.StartAsync(postgres);
        Assert.Equal(0, await server.Database.CountAsync("pg_trigger", "NOT tgisinternal AND tgrelid = 'outbox_messages'::regclass"));
        Assert.Equal(0, await server.Database.CountAsync("pg_stat_activity", "query ILIKE 'LISTEN%'"));
    }
}
