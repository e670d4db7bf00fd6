using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A server and the mail server that it hands mail to, for all tests of a class that look at their own addresses only.</summary>
public sealed class SinkServer(Postgres postgres) : IAsyncLifetime
{
    public MailSink Sink { get; private set; } = null!;

    public ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sink = await MailSink.StartAsync();
        Server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), Sink.Plainly, ("Accounts:Mail:From", "Exämple <hello@example.test>"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
