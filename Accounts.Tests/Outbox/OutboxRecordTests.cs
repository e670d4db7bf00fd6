using Accounts.Tests.Mail;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

[Trait("Pace", "long")]
public sealed class OutboxRecordTests
{
    [Fact]
    public async Task DU_03_A_mail_that_is_handed_over_while_the_database_goes_away_is_not_sent_again()
    {
        await using var sink = await MailSink.StartAsync();
        await using var database = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true });
        await using var server = await ServerProcess.StartAsync(database.ConnectionString, sink.Plainly);
        await sink.MisbehaveAsync(new MailSink.Fault("slow", "slow"));
        var address = await server.RegisterAsync("slow");
        await sink.WaitAsync(address);
        await database.StopAsync();
        await server.LoggedAsync("is sent, which could not be recorded yet");
        await database.StartAgainAsync();
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1 AND payload IS NULL");
        Assert.Single(await sink.ToAsync(address));
    }
}
