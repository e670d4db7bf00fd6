using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>Has what a receiver has not taken tried again now, by an operator's word.</summary>
public sealed class WebhookRetry(NpgsqlDataSource database)
{
    private const int SecondsAtMost = 60;

    private const string TakeTurn = "SELECT receiver FROM webhook_receivers WHERE receiver = $1 FOR NO KEY UPDATE";

    private const string MakeDue = "UPDATE webhook_messages SET due_at = clock_timestamp() WHERE receiver = $1 AND state = 'queued' AND due_at > clock_timestamp()";

    private const string Reopen = """
        WITH told AS (SELECT user_id, max(number) AS number FROM webhook_messages WHERE receiver = $1 AND state IN ('sent', 'sending') GROUP BY user_id),
        parked AS (
            SELECT p.id, coalesce(told.number > p.number, false) AS is_late FROM webhook_messages p LEFT JOIN told ON told.user_id = p.user_id
            WHERE p.receiver = $1 AND p.state = 'parked')
        UPDATE webhook_messages m SET state = 'held', attempts = 0, give_up_at = clock_timestamp() + interval '3 days', is_late = parked.is_late
        FROM parked WHERE m.id = parked.id AND m.state = 'parked'
        """;

    /// <param name="receiver">whose</param>
    /// <param name="parked">those that were given up as well: they take their place before what of the same user still waits</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>how many</returns>
    public async Task<int> RetryAsync(WebhookReceiver receiver, bool parked, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, TakeTurn, receiver, cancellation);
        var count = await ExecuteAsync(connection, MakeDue, receiver, cancellation);
        if (parked)
        {
            count += await ExecuteAsync(connection, Reopen, receiver, cancellation);
            await ExecuteAsync(connection, WebhookOrder.ReleaseAll, receiver, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return count;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string statement, WebhookReceiver receiver, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = SecondsAtMost, Parameters = { new() { Value = receiver.Name } } };
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
