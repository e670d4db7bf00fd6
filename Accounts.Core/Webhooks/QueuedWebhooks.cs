using Accounts.Core.Outbox;
using Accounts.Core.Sessions;
using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>The webhooks of one receiver, as they are claimed and recorded.</summary>
public sealed class QueuedWebhooks(NpgsqlDataSource database, string receiver) : IOutboxQueue<DueWebhook>
{
    /// <summary>With the event that it tells of, and the user as they are now. By <c>now()</c>, for no index is read by the clock: alone in its transaction that is the same.</summary>
    private const string Take = $"""
        WITH due AS (
            UPDATE webhook_messages SET state = 'sending', attempts = attempts + 1, due_at = clock_timestamp() + $2
            WHERE id = (SELECT id FROM webhook_messages
                        WHERE receiver = $1 AND state IN ('queued', 'sending') AND due_at <= now() AND (state = 'queued' OR $3)
                        ORDER BY due_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, user_id, type, attempts, event_id, created_at, number, is_late)
        SELECT d.id, d.user_id, d.type, d.attempts, d.event_id, coalesce(e.at, d.created_at), e.session_id, u.email, u.roles, e.after ->> 'suspended_until',
          coalesce(e.kind = ANY ($4), false),
          EXISTS (SELECT FROM sessions s WHERE s.user_id = d.user_id AND s.id = e.session_id AND {LiveSessionRule.IsOpen}),
          d.is_late, EXISTS (SELECT FROM webhook_messages p WHERE p.receiver = $1 AND p.user_id = d.user_id AND p.number < d.number AND p.state = 'parked'),
          e.before ->> 'session_id', CASE WHEN d.type = '{WebhookEvents.Imported}' THEN e.after::text END
        FROM due d LEFT JOIN security_events e ON e.id = d.event_id LEFT JOIN users u ON u.id = d.user_id
        """;

    private const string Claimed = "id = $1 AND state = 'sending' AND attempts = $2";

    private const string Renew = $"UPDATE webhook_messages SET due_at = clock_timestamp() + $3 WHERE {Claimed}";

    private const string GiveBack = $"UPDATE webhook_messages SET state = 'queued', attempts = attempts - 1, due_at = clock_timestamp() WHERE {Claimed}";

    private const string Sent = $"UPDATE webhook_messages SET state = 'sent', sent_at = clock_timestamp() WHERE {Claimed}";

    private const string Park = $"UPDATE webhook_messages SET state = 'parked', failed_at = clock_timestamp(), last_error = $3 WHERE {Claimed}";

    private const string TryLater = $"""
        UPDATE webhook_messages SET state = 'queued', attempts = attempts - $5, due_at = clock_timestamp() + $4, failed_at = clock_timestamp(), last_error = $3
        WHERE {Claimed} AND give_up_at > clock_timestamp()
        """;

    private const string Waiting = $"SELECT count(*)::int FROM (SELECT FROM webhook_messages WHERE receiver = $1 AND {WebhookOrder.Open} LIMIT 100000) waiting";

    public async Task<DueWebhook?> TakeAsync(bool mayTakeOver, CancellationToken stopping)
    {
        await using var command = database.CreateCommand(Take);
        Add(command, receiver, ClaimWatch.Lease, mayTakeOver, WebhookEvents.OfAllSessions);
        await using var row = await command.ExecuteReaderAsync(stopping);
        return await row.ReadAsync(stopping) ? DueWebhook.Read(receiver, row) : null;
    }

    public async Task<bool> RenewAsync(DueWebhook message) => await ExecuteAsync(Renew, message.Id, message.Attempts, ClaimWatch.Lease) == 1;

    public Task GiveBackAsync(DueWebhook message) => ExecuteAsync(GiveBack, message.Id, message.Attempts);

    public Task RecordSentAsync(DueWebhook message) => EndAsync(message, Sent, message.Id, message.Attempts);

    public Task GiveUpAsync(DueWebhook message, string reason) => EndAsync(message, Park, message.Id, message.Attempts, reason);

    public async Task<bool> QueueAgainAsync(DueWebhook message, string reason, TimeSpan backoff, bool counted) =>
        await ExecuteAsync(TryLater, message.Id, message.Attempts, reason, backoff, counted ? 0 : 1) == 1 || !await EndAsync(message, Park, message.Id, message.Attempts, reason);

    public async Task<int> CountWaitingAsync()
    {
        await using var command = database.CreateCommand(Waiting);
        Add(command, receiver);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>It is through, and the user's next one may go: two statements, for what was added while the first waited is seen by the second alone.</summary>
    /// <returns>false where the claim is somebody else's by now</returns>
    private async Task<bool> EndAsync(DueWebhook message, string statement, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await ExecuteAsync(connection, statement, values) != 1)
        {
            return false;
        }
        await ExecuteAsync(connection, WebhookOrder.ReleaseNext, receiver, message.UserId);
        await transaction.CommitAsync();
        return true;
    }

    private async Task<int> ExecuteAsync(string statement, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await ExecuteAsync(connection, statement, values);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        Add(command, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
