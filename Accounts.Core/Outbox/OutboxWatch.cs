using Accounts.Core.Telemetry;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Accounts.Core.Outbox;

/// <summary>Reads every 15 seconds what waits, for whoever watches; registered only where somebody does. Nobody who asks causes a statement.</summary>
public sealed class OutboxWatch(NpgsqlDataSource database, AccountsMeter meter) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            meter.Outbox(await TryReadAsync(stopping));
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Null while it cannot be read, which the lanes tell of: no figure rather than an old one.</summary>
    private async Task<OutboxReading?> TryReadAsync(CancellationToken stopping)
    {
        try
        {
            return await ReadAsync(stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<OutboxReading> ReadAsync(CancellationToken stopping)
    {
        await using var command = database.CreateCommand("""
            SELECT count(*), coalesce(greatest(extract(epoch FROM clock_timestamp() - min(created_at)), 0), 0)::float8
            FROM outbox_messages WHERE state IN ('queued', 'sending')
            """);
        await using var reader = await command.ExecuteReaderAsync(stopping);
        await reader.ReadAsync(stopping);
        return new OutboxReading(reader.GetInt64(0), reader.GetDouble(1));
    }
}
