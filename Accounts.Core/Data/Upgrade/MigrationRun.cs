using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Data.Upgrade;

/// <summary>
/// Applies the migrations of one turn, and stops nobody: a statement that does not get its lock soon gives up, and those that
/// queue behind it go on; then the migration is tried again.
/// </summary>
/// <param name="settings">of the database</param>
/// <param name="turn">the connection that holds the turn, and looks who is waited for</param>
/// <param name="log">hears it</param>
internal sealed partial class MigrationRun(NpgsqlConnectionStringBuilder settings, NpgsqlConnection turn, ILogger log)
{
    /// <summary>Half of the time that a request has for a statement: what waits behind this one is answered all the same.</summary>
    private const string LockTimeout = "SET lock_timeout = '1s'";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(15);

    private const string Blockers = """
        SELECT string_agg(format('process %s (%s, %s, in a transaction since %s)', pid, coalesce(nullif(application_name, ''), usename, backend_type), state, xact_start), ', ')
        FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(@pid))
        """;

    /// <exception cref="StartupException">a migration fails: which, and why</exception>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        string? told = null;
        for (var pause = ShortestPause; await TryApplyAsync(cancellation) is { } obstacle; pause = pause < LongestPause / 2 ? 2 * pause : LongestPause)
        {
            if (told != obstacle)
            {
                LogWaits(obstacle);
                told = obstacle;
            }
            await Task.Delay(pause, cancellation);
        }
    }

    /// <returns>what is waited for; null when all are applied</returns>
    private async Task<string?> TryApplyAsync(CancellationToken cancellation)
    {
        await using var db = DatabaseUpgrade.Open(settings.ConnectionString);
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync(LockTimeout, cancellation);
        using var applied = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = LookAsync(((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID, applied.Token);
        Exception failure;
        try
        {
            await db.Database.MigrateAsync(cancellation);
            return null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            failure = e;
        }
        finally
        {
            await applied.CancelAsync();
            await looking;
        }
        var migration = await NextAsync(cancellation);
        return failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected }
            ? $"{migration} waits for {await looking ?? "a lock that another process holds"}"
            : throw new StartupException($"The migration {migration} failed on PostgreSQL at {DatabaseUpgrade.Where(settings)}, and nothing of it is applied: {DatabaseFailure.Reason(failure)}");
    }

    /// <summary>Who blocked the process last, as long as it was watched.</summary>
    private async Task<string?> LookAsync(int pid, CancellationToken applied)
    {
        string? last = null;
        while (!applied.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(Blockers, turn);
            command.Parameters.AddWithValue("pid", pid);
            last = await command.ExecuteScalarAsync(CancellationToken.None) as string ?? last;
            await Task.Delay(Look, applied).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return last;
    }

    /// <summary>The one that was under way: those before it are applied.</summary>
    private async Task<string> NextAsync(CancellationToken cancellation)
    {
        try
        {
            await using var db = DatabaseUpgrade.Open(settings.ConnectionString);
            return (await db.Database.GetPendingMigrationsAsync(cancellation)).FirstOrDefault("after the last");
        }
        catch (NpgsqlException)
        {
            return "under way";
        }
    }

    [LoggerMessage(LogLevel.Warning, "A migration waits, and is tried again: {Obstacle}")]
    private partial void LogWaits(string obstacle);
}
