using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

[Trait("Pace", "long")]
public sealed class OutboxWorkersTests(Postgres postgres)
{
    private const int Mails = 60;

    [Fact]
    public async Task DU_03_Two_workers_on_one_database_send_each_mail_once()
    {
        await using var outage = await TestServer.StartAsync(postgres, ("Accounts:Mail:MailboxFolder", "/dev/null/no-folder"));
        await QueueAsync(outage);
        await using var one = ServerProcess.Launch(outage.Database.ConnectionString, ("Accounts:Mail:Lanes", TestSettings.Lanes));
        await using var other = ServerProcess.Launch(outage.Database.ConnectionString, ("Accounts:Mail:Lanes", TestSettings.Lanes));
        await Task.WhenAll(one.WaitUntilReadyAsync(), other.WaitUntilReadyAsync());
        await outage.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', due_at = now(), attempts = 0");
        await Until.TrueAsync(async () => await outage.Database.CountAsync("outbox_messages", "state = 'sent'") == Mails, "all are sent");
        var (byOne, byOther) = (one.Mailbox.All(), other.Mailbox.All());
        Assert.Equal(Mails, byOne.Count + byOther.Count);
        Assert.Equal(Mails, byOne.Concat(byOther).Select(mail => mail.To).Distinct().Count());
        Assert.Equal(Mails, await outage.Database.CountAsync("outbox_messages", "attempts = 1"));
    }

    /// <summary>Leaves them claimed, so that nobody begins before both workers are there.</summary>
    private static async Task QueueAsync(TestServer outage)
    {
        using var client = outage.Client();
        for (var i = 0; i < Mails; i++)
        {
            Assert.Equal(201, (await client.RegisterAsync(Some.Person())).Status);
        }
        await outage.StopAsync();
        await outage.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'sending', due_at = now() + interval '1 hour'");
    }
}
