using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>A <see cref="CountedWindow"/> that all processes share, and how long it lasts where it is full: one statement.</summary>
internal sealed class SharedWindow(NpgsqlDataSource database, string name)
{
    private const string TakeBack = "UPDATE throttle_counters SET count = greatest(count - 1, 0) WHERE key = @key";

    // Its row may have come after this statement began.
    private readonly string statement = $"""
        WITH counted AS ({CountedWindow.Statement(name)})
        SELECT coalesce((SELECT c.expires_at - clock_timestamp() FROM throttle_counters c WHERE c.key = @{name}), interval '1 second')
        WHERE NOT EXISTS (SELECT FROM counted)
        """;

    /// <summary>Null where there was room, and it is counted; else how long there is none.</summary>
    public async Task<TimeSpan?> CountAsync(byte[] key, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(statement);
        CountedWindow.AddTo(command, name, key, limit);
        return await command.ExecuteScalarAsync(cancellation) as TimeSpan?;
    }

    /// <summary>For what came to nothing after all.</summary>
    public async Task TakeBackAsync(byte[] key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(TakeBack);
        command.Parameters.AddWithValue("key", key);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
