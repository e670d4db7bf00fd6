using System.Diagnostics;
using Accounts.Core.Data.Upgrade;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Whether the database can be used: it answers, has this program's schema, and writes.</summary>
public sealed class DatabaseProbe(DatabasePools pools)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Real writes, which whoever may connect may do, and which leave nothing behind: a function's rows that do not fit into so
    /// little memory go to a file, where a full disk refuses them; a message for nobody is a record in the log, whose commit waits
    /// for whatever a commit waits for. A row that is updated in its place would find neither a full disk nor a missing standby.
    /// </summary>
    private static readonly string[] Write =
    [
        "SELECT set_config('work_mem', '64kB', true)",
        "SELECT count(*) FROM generate_series(1, 5000)",
        "SELECT pg_logical_emit_message(true, 'accounts', 'ready')",
    ];

    private readonly Lock gate = new();
    private Task<string?> written = Task.FromResult<string?>(null);
    private long? writtenAt;

    /// <returns>a sentence that says why it cannot be used; null where it can</returns>
    public async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(cancellation) ?? await WriteOnceInAWhileAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return $"The database cannot be used: {DatabaseFailure.Reason(e)}";
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await pools.Requests.OpenConnectionAsync(cancellation);
        if (await MigrationHistory.ReadAsync(connection, cancellation) != SchemaState.Complete)
        {
            return "The database lacks a migration.";
        }
        await using var command = new NpgsqlCommand("SELECT current_setting('transaction_read_only') = 'on'", connection);
        if (await command.ExecuteScalarAsync(cancellation) is not true)
        {
            return null;
        }
        pools.DropAll();
        return "The database only reads: it is a standby, or nobody may write to it.";
    }

    /// <summary>However many ask. It does not end with who asks: others wait for it too.</summary>
    private Task<string?> WriteOnceInAWhileAsync()
    {
        lock (gate)
        {
            if (written.IsCompleted && !(writtenAt is { } last && Stopwatch.GetElapsedTime(last) < Pause))
            {
                writtenAt = Stopwatch.GetTimestamp();
                written = WriteAsync();
            }
            return written;
        }
    }

    private async Task<string?> WriteAsync()
    {
        try
        {
            await using var batch = pools.Requests.CreateBatch();
            foreach (var statement in Write)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }
            await batch.ExecuteNonQueryAsync();
            return null;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            pools.DropWhatOnlyReads(e);
            return $"The database cannot be written to: {DatabaseFailure.Reason(e)}";
        }
    }
}
