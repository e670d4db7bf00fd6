using Npgsql;

namespace Accounts.Core.Outbox;

/// <summary>How the outbox stands.</summary>
/// <param name="Queued">messages that wait or are on their way</param>
/// <param name="OldestSeconds">how long the oldest of them has waited; 0 where none does</param>
/// <param name="Abandoned">those given up within the last 30 days</param>
/// <param name="Reasons">why messages wait or were given up, most frequent first; whom they are to, none tells</param>
public sealed record OutboxStatus(long Queued, long OldestSeconds, long Abandoned, IReadOnlyList<OutboxReason> Reasons);

/// <summary>Why messages of one kind wait or were given up.</summary>
/// <param name="Template">the word for what they are</param>
/// <param name="State"><c>queued</c> or <c>abandoned</c></param>
/// <param name="Count">how many</param>
/// <param name="LastError">in the mail server's words, without addresses</param>
public sealed record OutboxReason(string Template, string State, long Count, string LastError);

/// <summary>What whoever runs the server may know of the outbox and do with it.</summary>
public sealed class OutboxKeeper(NpgsqlDataSource database)
{
    private const int MostReasons = 20;

    private const string Totals = """
        SELECT count(*) FILTER (WHERE state <> 'abandoned'),
               coalesce(greatest(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state <> 'abandoned')), 0), 0)::bigint,
               count(*) FILTER (WHERE state = 'abandoned')
        FROM outbox_messages WHERE state IN ('queued', 'sending', 'abandoned')
        """;

    private const string Failed = """
        SELECT template, CASE state WHEN 'abandoned' THEN state ELSE 'queued' END, last_error, recipient
        FROM outbox_messages WHERE state IN ('queued', 'sending', 'abandoned') AND last_error IS NOT NULL
        ORDER BY created_at DESC LIMIT 1000
        """;

    public async Task<OutboxStatus> StatusAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Totals);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new OutboxStatus(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), await ReasonsAsync(cancellation));
    }

    private async Task<List<OutboxReason>> ReasonsAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Failed);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var failed = new List<(string Template, string State, string Error)>();
        while (await row.ReadAsync(cancellation))
        {
            failed.Add((row.GetString(0), row.GetString(1), RecipientMask.Of(row.GetString(2), row.GetString(3))));
        }
        return [.. failed.GroupBy(message => message).OrderByDescending(same => same.Count()).Take(MostReasons)
            .Select(same => new OutboxReason(same.Key.Template, same.Key.State, same.Count(), same.Key.Error))];
    }

    /// <summary>Makes every message due that waits for its next attempt: for when a mail server is there again. What was given up is erased and cannot be sent.</summary>
    /// <returns>how many</returns>
    public async Task<int> RetryAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("UPDATE outbox_messages SET due_at = clock_timestamp() WHERE state = 'queued' AND due_at > clock_timestamp()");
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
