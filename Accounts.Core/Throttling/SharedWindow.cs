using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>A <see cref="CountedWindow"/> that all processes share, and how long it lasts where it is full: one statement.</summary>
internal sealed class SharedWindow(NpgsqlDataSource database, string name)
{
    private const string TakeBack = "UPDATE throttle_counters SET count = greatest(count - 1, 0) WHERE key = @key";

    // Its row may have come after this statement began.
    private readonly string statement = $"""
        WITH counted AS ({CountedWindow.Statement(name)})
        SELECT (SELECT count FROM counted), CASE WHEN NOT EXISTS (SELECT FROM counted)
          THEN coalesce((SELECT c.expires_at - clock_timestamp() FROM throttle_counters c WHERE c.key = @{name}), interval '1 second') END
        """;

    /// <summary>Null where there was room, and it is counted; else how long there is none.</summary>
    public async Task<TimeSpan?> CountAsync(byte[] key, int limit, CancellationToken cancellation) => (await NumberAsync(key, limit, cancellation)).Wait;

    /// <summary>The how many-th of the window it is, where there was room; else how long there is none.</summary>
    public async Task<(int? Number, TimeSpan? Wait)> NumberAsync(byte[] key, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(statement);
        CountedWindow.AddTo(command, name, key, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (await reader.GetFieldValueAsync<int?>(0, cancellation), await reader.GetFieldValueAsync<TimeSpan?>(1, cancellation));
    }

    /// <summary>For what came to nothing after all.</summary>
    public async Task TakeBackAsync(byte[] key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(TakeBack);
        command.Parameters.AddWithValue("key", key);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
