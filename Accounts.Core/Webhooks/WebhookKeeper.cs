using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>How a receiver stands.</summary>
/// <param name="Receiver">its name</param>
/// <param name="Waiting">webhooks that wait or are on their way</param>
/// <param name="OldestSeconds">how long the oldest of them has waited; 0 where none does</param>
/// <param name="Parked">those given up, which <c>retry --parked</c> tries again</param>
/// <param name="LastSuccess">when it last took one, of the last three days; null for never</param>
/// <param name="LastFailure">when it last did not; null for never</param>
/// <param name="Reason">why not</param>
public sealed record WebhookStatus(string Receiver, long Waiting, long OldestSeconds, long Parked, DateTime? LastSuccess, DateTime? LastFailure, string? Reason);

/// <summary>What waits of all receivers.</summary>
public sealed record WebhookTotals(long Waiting, long Parked);

/// <summary>What whoever runs the server may know of the webhooks.</summary>
public sealed class WebhookKeeper(NpgsqlDataSource database, WebhookReceivers receivers)
{
    private const int SecondsAtMost = 60;

    private const string Statuses = $"""
        SELECT coalesce(n.receiver, m.receiver), count(*) FILTER (WHERE {WebhookOrder.Open}),
          coalesce(greatest(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE {WebhookOrder.Open})), 0), 0)::bigint,
          count(*) FILTER (WHERE state = 'parked'), max(sent_at), max(failed_at),
          (array_agg(last_error ORDER BY failed_at DESC NULLS LAST) FILTER (WHERE last_error IS NOT NULL))[1]
        FROM unnest($1) AS n (receiver) FULL JOIN webhook_messages m ON m.receiver = n.receiver GROUP BY 1 ORDER BY 1
        """;

    private const string Totals = $"""
        SELECT (SELECT count(*) FROM webhook_messages WHERE {WebhookOrder.Open}), (SELECT count(*) FROM webhook_messages WHERE state = 'parked')
        """;

    /// <summary>Of those that the settings have, and of those that they had.</summary>
    public async Task<WebhookStatus[]> StatusAsync(CancellationToken cancellation)
    {
        await using var command = Command(Statuses, [receivers.Names]);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var statuses = new List<WebhookStatus>();
        while (await row.ReadAsync(cancellation))
        {
            statuses.Add(new WebhookStatus(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<DateTime?>(4), row.GetFieldValue<DateTime?>(5), row.IsDBNull(6) ? null : row.GetString(6)));
        }
        return [.. statuses];
    }

    public async Task<WebhookTotals> TotalsAsync(CancellationToken cancellation)
    {
        await using var command = Command(Totals);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new WebhookTotals(row.GetInt64(0), row.GetInt64(1));
    }

    private NpgsqlCommand Command(string statement, params object[] values)
    {
        var command = database.CreateCommand(statement);
        command.CommandTimeout = SecondsAtMost;
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }
}
