using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server that is away for a while.</summary>
[Trait("Pace", "slow")]
public sealed class SmtpOutageTests(Postgres postgres) : IAsyncLifetime
{
    private MailSink sink = null!;

    public async ValueTask InitializeAsync() => sink = await MailSink.StartAsync();

    public ValueTask DisposeAsync() => sink.DisposeAsync();

    private Task<TestServer> StartAsync() => TestServer.StartAsync(postgres, sink.Plainly);

    [Fact]
    public async Task DU_03_While_nobody_listens_mails_wait_and_then_all_of_them_arrive_once()
    {
        // A process, for what it logs.
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), sink.Plainly);
        await sink.CloseAsync();
        var addresses = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            addresses.Add(await server.RegisterAsync());
        }
        await server.Database.ExpectMailAsync(addresses[0], "state = 'queued' AND attempts > 0 AND last_error LIKE 'The mail server 127.0.0.1:% cannot be used:%refused%'");
        await server.LoggedAsync("could not be sent at attempt 1", "cannot be used", "refused");
        await sink.OpenAsync();
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET due_at = now() WHERE state = 'queued'");
        foreach (var address in addresses)
        {
            await server.Database.ExpectMailAsync(address, "state = 'sent' AND payload IS NULL AND last_error IS NULL");
            Assert.Single(await sink.ToAsync(address));
        }
    }

    [Fact]
    public async Task DU_03_A_connection_that_the_server_has_closed_in_the_meantime_costs_no_failure()
    {
        await using var server = await StartAsync();
        await sink.WaitAsync(await server.RegisterAsync());
        await sink.CloseAsync();
        await sink.OpenAsync();
        await Task.Delay(TimeSpan.FromSeconds(10.5));
        var address = await server.RegisterAsync();
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1");
    }

    [Fact]
    public async Task DU_03_A_kept_connection_that_nobody_answers_on_costs_a_moment_and_no_attempt()
    {
        await using var server = await StartAsync();
        await sink.WaitAsync(await server.RegisterAsync());
        await sink.MisbehaveAsync(new MailSink.Fault("accounts@", "mute"));
        var address = await server.RegisterAsync();
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1 AND sent_at < created_at + interval '25 seconds'");
        var mails = await sink.MailsAsync();
        Assert.Equal(2, mails.Select(mail => mail.Connection).Distinct().Count());
    }

    [Fact]
    public async Task DU_04_A_mail_whose_links_expired_during_the_outage_is_dropped()
    {
        await using var server = await StartAsync();
        await sink.CloseAsync();
        var address = await server.RegisterAsync();
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND attempts > 0");
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET expires_at = now() - interval '1 minute', due_at = now()");
        await sink.OpenAsync();
        await server.Database.ExpectMailAsync(address, "state = 'abandoned' AND payload IS NULL AND last_error LIKE '%expired%'");
        await sink.WaitAsync(await server.RegisterAsync());
        Assert.Empty(await sink.ToAsync(address));
    }
}
