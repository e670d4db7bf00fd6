using Accounts.Core.Data;
using Npgsql;

namespace Accounts.Core.Import;

/// <summary>An import's own connection: it has temporary tables and a lock that go with it, and no statement of it is in a hurry.</summary>
internal static class ImportConnection
{
    /// <summary>A sign-up of the same name is waited for; who holds a row for longer is asked again.</summary>
    private const string Settings = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = 0; SET temp_buffers = '32MB'";

    /// <exception cref="ImportRunningException">another one is at work</exception>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, Timeout = 10, KeepAlive = 30, ApplicationName = "accounts-import", MaxAutoPrepare = 20 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            if (!await TakeTurnAsync(connection, cancellation))
            {
                throw new ImportRunningException();
            }
            await connection.RunAsync(Settings, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Held as long as the connection: a process that is killed leaves none behind.</summary>
    private static async Task<bool> TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", (long)AdvisoryLock.Import);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task RunAsync(this NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <param name="connection">of the import</param>
    /// <param name="query">of which each row is read</param>
    /// <param name="read">a row</param>
    /// <param name="cancellation">ends the wait</param>
    /// <param name="parameters">names with their values</param>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection connection, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(query, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            list.Add(read(rows));
        }
        return list;
    }
}

/// <summary>Another import is at work, and two would undo each other's.</summary>
public sealed class ImportRunningException() : Exception("Another import is running. Wait for it, or end it; what it has written stays.");
