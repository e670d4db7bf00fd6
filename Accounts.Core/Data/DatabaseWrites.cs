using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// Whether the database can write. What it refuses is seen where it happens; from then on it is tried, until it works again. A connection that leads
/// to a standby, or to a primary that is one no more, is dropped, so that the next one finds who can.
/// </summary>
public sealed class DatabaseWrites(NpgsqlDataSource database, BatchConnections batches)
{
    // Grows a file, as nothing smaller does on a full disk, and leaves nothing behind.
    private const string Try = "BEGIN; CREATE TEMP TABLE written ON COMMIT DROP AS SELECT repeat(md5(n::text), 512) FROM generate_series(1, 8) n; COMMIT";

    private volatile bool suspected;

    /// <summary>Tells of a failure, whatever it is.</summary>
    public void Note(Exception failure)
    {
        if (DatabaseFailure.RefusesToWrite(failure))
        {
            suspected = true;
            database.Clear();
            batches.Together.Clear();
        }
    }

    /// <exception cref="NpgsqlException">it is away, or cannot write</exception>
    public async Task DemandAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await ScalarAsync(connection, "SHOW transaction_read_only", cancellation) is "on")
        {
            suspected = true;
            database.Clear();
            batches.Together.Clear();
            throw new NpgsqlException("it is read-only (a standby, or default_transaction_read_only).");
        }
        if (suspected)
        {
            await TryAsync(connection, cancellation);
            suspected = false;
        }
    }

    /// <summary>Who may not make temporary tables finds out by the next request instead.</summary>
    private static async Task TryAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await ScalarAsync(connection, Try, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await ScalarAsync(connection, "ROLLBACK", cancellation);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
