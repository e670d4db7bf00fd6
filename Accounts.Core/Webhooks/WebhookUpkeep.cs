using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>Once a minute, of every receiver that was in the settings lately: parks what nobody has taken for three days, and lets go what waits for nothing any more.</summary>
public sealed partial class WebhookUpkeep(NpgsqlDataSource database, WebhookReceivers receivers, ILogger<WebhookUpkeep> log) : BackgroundService
{
    private const int SecondsAtMost = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const string See = """
        UPDATE webhook_receivers SET seen_at = clock_timestamp()
        WHERE receiver IN (SELECT receiver FROM webhook_receivers WHERE receiver = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED)
        """;

    private const string Known = "SELECT receiver FROM webhook_receivers";

    /// <summary>Nobody adds any meanwhile: who does so holds the same row.</summary>
    private const string TakeTurn = "SELECT receiver FROM webhook_receivers WHERE receiver = $1 FOR NO KEY UPDATE SKIP LOCKED";

    private const string ParkOld = """
        UPDATE webhook_messages SET state = 'parked', last_error = coalesce(last_error, 'No server had this receiver in its settings.')
        WHERE receiver = $1 AND state IN ('queued', 'held') AND give_up_at <= clock_timestamp()
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
            await TryKeepAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryKeepAsync(CancellationToken stopping)
    {
        try
        {
            await KeepAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    public async Task KeepAsync(CancellationToken cancellation)
    {
        await using var see = database.CreateCommand(See);
        see.Parameters.Add(new() { Value = receivers.Names });
        await see.ExecuteNonQueryAsync(cancellation);
        foreach (var name in await KnownAsync(cancellation))
        {
            await KeepAsync(name, cancellation);
        }
    }

    private async Task<List<string>> KnownAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Known);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            names.Add(rows.GetString(0));
        }
        return names;
    }

    private async Task KeepAsync(string receiver, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var turn = Command(connection, TakeTurn, receiver);
        if (await turn.ExecuteScalarAsync(cancellation) is null)
        {
            return;
        }
        await using var park = Command(connection, ParkOld, receiver);
        await park.ExecuteNonQueryAsync(cancellation);
        await using var release = Command(connection, WebhookOrder.ReleaseAll, receiver);
        await release.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, string receiver) =>
        new(statement, connection) { CommandTimeout = SecondsAtMost, Parameters = { new() { Value = receiver } } };

    [LoggerMessage(LogLevel.Warning, "Webhooks that have waited for too long could not be parked, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
