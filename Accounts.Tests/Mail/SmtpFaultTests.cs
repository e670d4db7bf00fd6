using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server that misbehaves, and what becomes of the mails.</summary>
[Trait("Pace", "slow")]
public sealed class SmtpFaultTests(SinkServer shared) : IClassFixture<SinkServer>
{
    private static readonly TimeSpan PastTheTimeLimit = TimeSpan.FromSeconds(60);

    private readonly MailSink sink = shared.Sink;
    private readonly ServerProcess server = shared.Server;

    [Fact]
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
        await server.LoggedAsync("could not be sent at attempt 1", "timed out");
        await server.Database.ExpectMailAsync(stalled, "state = 'sent' AND attempts = 2");
    }

    [Fact]
    public async Task DU_03_What_the_server_puts_off_is_tried_again()
    {
        await sink.MisbehaveAsync(new MailSink.Fault("greylisted", "later", 2));
        var address = await server.RegisterAsync("greylisted");
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND last_error LIKE '%Greylisted%'");
        await sink.WaitAsync(address);
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 3");
        var line = await server.LoggedAsync("could not be sent at attempt 1", "4.7.1 Greylisted");
        Assert.DoesNotContain(address, line, StringComparison.Ordinal);
        Assert.Single(await sink.ToAsync(address));
    }

    [Theory]
    [InlineData("never", "%5.1.1%", "5.1.1 <…>: no such user here"), InlineData("content", "%5.6.0%", "5.6.0 This content is not wanted")]
    public async Task DU_03_What_the_server_refuses_for_good_is_given_up_visibly_and_the_others_go(string kind, string error, string logged)
    {
        await sink.MisbehaveAsync(new MailSink.Fault("refused", kind));
        var (refused, other) = (await server.RegisterAsync("refused"), await server.RegisterAsync());
        await server.Database.ExpectMailAsync(refused, $"state = 'abandoned' AND attempts = 1 AND payload IS NULL AND last_error LIKE '{error}'");
        var line = await server.LoggedAsync("is given up", logged);
        Assert.DoesNotContain(refused, line, StringComparison.Ordinal);
        await sink.WaitAsync(other);
        Assert.Empty(await sink.ToAsync(refused));
    }

    [Fact]
    public async Task DU_03_A_server_that_hangs_up_after_taking_a_mail_gets_it_twice_at_most_under_one_id()
    {
        await sink.MisbehaveAsync(new MailSink.Fault("dropped", "drop", 1));
        var address = await server.RegisterAsync("dropped");
        var mails = await sink.WaitAsync(address, 2);
        await server.Database.ExpectMailAsync(address, "state = 'sent' AND attempts = 2");
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].Id, mails[1].Id);
        Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
    }
}
