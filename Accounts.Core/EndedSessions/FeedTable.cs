using Accounts.Core.Data;
using Npgsql;

namespace Accounts.Core.EndedSessions;

/// <summary>The feed in the database: what is new gets its number once it is committed, by one process at a time, and is read in that order.</summary>
public sealed class FeedTable(NpgsqlDataSource database)
{
    /// <summary>That are numbered, or read, at once.</summary>
    public const int Most = 1_000;

    private const string Waiting = "SELECT EXISTS (SELECT FROM ended_sessions WHERE number IS NULL)";

    private static readonly string TakeTurn = $"SELECT pg_advisory_xact_lock({(long)AdvisoryLock.EndedSessionNumbers})";

    // Behind the lock, and so with a snapshot that has the last numbers of who held it before.
    private static readonly string Number = $"""
        WITH waiting AS MATERIALIZED (
            SELECT id FROM ended_sessions WHERE number IS NULL ORDER BY id LIMIT {Most} FOR NO KEY UPDATE SKIP LOCKED),
        last AS MATERIALIZED (
            SELECT greatest(coalesce(max(number), 0), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS number FROM ended_sessions WHERE number IS NOT NULL)
        UPDATE ended_sessions e SET number = last.number + ordered.place
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM waiting) ordered, last WHERE e.id = ordered.id
        """;

    private static readonly string ReadAfter = $"""
        SELECT number, user_id, session_id, below FROM ended_sessions WHERE number > $1 ORDER BY number LIMIT {Most}
        """;

    /// <summary>Which feed it is, and the last number.</summary>
    public async Task<(Guid Origin, long Last)> ReadStateAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT id, coalesce((SELECT max(number) FROM ended_sessions WHERE number IS NOT NULL), 0) FROM feed_origins");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (reader.GetGuid(0), reader.GetInt64(1))
            : throw new InvalidOperationException("The table feed_origins has lost its row: INSERT INTO feed_origins DEFAULT VALUES.");
    }

    /// <summary>Gives what waits its numbers, in one transaction, which a batch is.</summary>
    public async Task NumberAsync(CancellationToken cancellation)
    {
        await using var waiting = database.CreateCommand(Waiting);
        if (await waiting.ExecuteScalarAsync(cancellation) is true)
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(TakeTurn));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Number));
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Those behind a number, <see cref="Most"/> of them at most.</summary>
    public async Task<FeedEntry[]> ReadAsync(long after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadAfter);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<FeedEntry>();
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(new FeedEntry(
                reader.GetInt64(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.IsDBNull(3) ? null : reader.GetInt64(3)));
        }
        return [.. entries];
    }
}
