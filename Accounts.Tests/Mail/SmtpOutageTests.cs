using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server that is away for a while.</summary>
[Trait("Pace", "long")]
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
        await server.Database.ExpectMailAsync(addresses[0], "state = 'queued' AND attempts = 0 AND last_error LIKE 'The mail server 127.0.0.1:% cannot be used:%refused%'");
        await server.LoggedAsync("No mail leaves at the moment, and ", " wait: The mail server", "refused");
        // For long enough that mails which back off alone would be minutes behind.
        await Task.Delay(TimeSpan.FromSeconds(20));
        Assert.Single(server.Output.Split('\n'), line => line.Contains("cannot be used", StringComparison.Ordinal));
        await sink.OpenAsync();
        var began = Stopwatch.StartNew();
        foreach (var address in addresses)
        {
            await server.Database.ExpectMailAsync(address, "state = 'sent' AND payload IS NULL AND last_error IS NULL");
            Assert.Single(await sink.ToAsync(address));
        }
        Assert.InRange(began.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task DU_03_A_mail_that_the_server_puts_off_is_no_outage_and_keeps_its_own_time()
    {
        await using var server = await StartAsync();
        await sink.MisbehaveAsync(new MailSink.Fault("greylisted", "recipient", 3, "451 4.7.1 Greylisted, try again later"));
        var greylisted = await server.RegisterAsync("greylisted");
        await server.Database.ExpectMailAsync(greylisted, "state = 'queued' AND attempts = 1 AND due_at > clock_timestamp()");
        await sink.WaitAsync(await server.RegisterAsync());
        await server.Database.ExpectMailAsync(greylisted, "state = 'queued' AND attempts = 1 AND due_at > clock_timestamp()");
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
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND last_error <> ''");
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET expires_at = now() - interval '1 minute', due_at = now()");
        await sink.OpenAsync();
        await server.Database.ExpectMailAsync(address, "state = 'abandoned' AND payload IS NULL AND last_error LIKE '%expired%'");
        await sink.WaitAsync(await server.RegisterAsync());
        Assert.Empty(await sink.ToAsync(address));
    }
}
