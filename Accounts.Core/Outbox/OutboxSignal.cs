using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Outbox;

/// <summary>
/// Wakes the lanes as soon as any process commits a message: a trigger on the table notifies, and this listens on a
/// connection of its own, outside the pool. A missed notification costs a poll interval, never a message.
/// </summary>
public sealed partial class OutboxSignal(UnpooledConnections database, ILogger<OutboxSignal> log) : BackgroundService
{
    public const string Channel = "accounts_outbox";

    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim pending = new(0, 1);

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => pending.WaitAsync(atMost, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogLost(DatabaseFailure.Reason(e));
                await Task.Delay(Reconnect, stopping);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenAsync(stopping);
        connection.Notification += (_, _) => Wake();
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stopping);
        }
        Wake();
        while (true)
        {
            await connection.WaitAsync(stopping);
        }
    }

    /// <summary>Lets one who waits look into the outbox.</summary>
    public void Wake()
    {
        try
        {
            pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has been woken already and has not looked yet.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not listening for new mails at the moment ({Reason}); the outbox is polled all the same.")]
    private partial void LogLost(string reason);
}
