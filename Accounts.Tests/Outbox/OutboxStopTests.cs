using System.Diagnostics;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

/// <summary>What becomes of a mail when the process that has claimed it is told to stop.</summary>
[Trait("Pace", "long")]
public sealed class OutboxStopTests(Postgres postgres) : IAsyncLifetime
{
    /// <summary>Less than the 30 s that a mail may take.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(20);

    private MailSink sink = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        sink = await MailSink.StartAsync();
        server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), sink.Plainly);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Fact]
    public async Task CF_06_A_mail_that_nobody_has_yet_holds_up_no_stop_and_is_given_back()
    {
        var address = await RegisterAsync("hesitate");
        var began = Stopwatch.GetTimestamp();
        await server.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, AtOnce);
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND attempts = 0 AND due_at <= clock_timestamp() AND payload IS NOT NULL AND last_error IS NULL");
        await using var next = await ServerProcess.StartAsync(server.Database.ConnectionString, sink.Plainly);
        await next.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1");
        Assert.Single(await sink.ToAsync(address));
    }

    [Fact]
    public async Task DU_03_A_mail_that_the_mail_server_may_have_is_finished_at_a_stop()
    {
        var address = await RegisterAsync("slow");
        await server.StopAsync();
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 1 AND payload IS NULL");
        Assert.Single(await sink.ToAsync(address));
    }

    [Fact]
    public async Task DU_03_A_mail_that_a_killed_process_had_claimed_is_sent_by_another_soon_and_once()
    {
        await using var other = await ServerProcess.StartAsync(server.Database.ConnectionString, sink.Plainly);
        var address = await RegisterAsync("hesitate");
        await server.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await sink.WaitAsync(address, patience: TimeSpan.FromSeconds(40));
        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 2");
        Assert.Single(await sink.ToAsync(address));
    }

    /// <summary>Until the mail server has the mail in hand, and does not answer.</summary>
    private async Task<string> RegisterAsync(string fault)
    {
        await sink.MisbehaveAsync(new MailSink.Fault(fault, fault, 1));
        var address = await server.RegisterAsync(fault);
        await sink.WornOffAsync();
        return address;
    }
}
