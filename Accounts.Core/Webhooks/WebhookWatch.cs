using Accounts.Core.Telemetry;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>Reads every 15 seconds what waits and is parked, for whoever watches; registered only where somebody does. Without a receiver it reads nothing.</summary>
public sealed class WebhookWatch(NpgsqlDataSource database, WebhookReceivers receivers, AccountsMeter meter) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const string Read = $"""
        SELECT n.receiver, count(m.id) FILTER (WHERE m.state <> 'parked'),
          coalesce(greatest(extract(epoch FROM clock_timestamp() - min(m.created_at) FILTER (WHERE m.state <> 'parked')), 0), 0)::float8, count(m.id) FILTER (WHERE m.state = 'parked')
        FROM unnest($1) AS n (receiver) LEFT JOIN LATERAL (
          SELECT id, state, created_at FROM webhook_messages o WHERE o.receiver = n.receiver AND o.{WebhookOrder.Open}
          UNION ALL SELECT id, state, created_at FROM webhook_messages p WHERE p.receiver = n.receiver AND p.state = 'parked') m ON true
        GROUP BY n.receiver
        """;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (receivers.All.Count == 0)
        {
            return;
        }
        using var timer = new PeriodicTimer(Interval);
        do
        {
            meter.Webhooks(await TryReadAsync(stopping));
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>None while they cannot be read: no figure rather than an old one.</summary>
    private async Task<WebhookReading[]> TryReadAsync(CancellationToken stopping)
    {
        try
        {
            return await ReadAsync(stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task<WebhookReading[]> ReadAsync(CancellationToken stopping)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new() { Value = receivers.Names });
        await using var row = await command.ExecuteReaderAsync(stopping);
        var readings = new List<WebhookReading>();
        while (await row.ReadAsync(stopping))
        {
            readings.Add(new WebhookReading(row.GetString(0), row.GetInt64(1), row.GetDouble(2), row.GetInt64(3)));
        }
        return [.. readings];
    }
}
