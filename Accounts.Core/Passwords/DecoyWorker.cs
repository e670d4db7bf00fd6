using Accounts.Core.Data;
using Accounts.Core.Passwords.Hashing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Passwords;

/// <summary>Counts of which kinds the stored hashes are, at the start, every hour and soon after an import, so that the decoys are of the same.</summary>
public sealed partial class DecoyWorker(NpgsqlDataSource database, PasswordDecoys decoys, ILogger<DecoyWorker> log) : BackgroundService
{
    private const int MostKinds = 100;
    private const int LooksBetween = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How much imports have written so far, as PostgreSQL counts it; no table is read for it.</summary>
    private const string Imported = "SELECT coalesce(sum(n_tup_ins + n_tup_upd), 0)::bigint FROM pg_stat_user_tables WHERE relname = 'imported_users'";

    /// <summary>All users are read: a sample would miss the few whose kind is rare, and they are who would show.</summary>
    private static readonly string Statement = $"""
        SELECT {StoredHash.KindOfColumn} AS kind, count(*) FROM users WHERE password_hash IS NOT NULL
        GROUP BY kind ORDER BY count(*) DESC LIMIT {MostKinds}
        """;

    private int looks;
    private long imported;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TryLookAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryLookAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <summary>Counts where it is time, or somebody has been imported since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Imported);
        var now = (long)(await command.ExecuteScalarAsync(cancellation))!;
        if (looks++ % LooksBetween == 0 || now != imported)
        {
            imported = now;
            await CountAsync(cancellation);
        }
    }

    public async Task CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Statement);
        command.CommandTimeout = 60;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var shares = new List<HashShare>();
        while (await reader.ReadAsync(cancellation))
        {
            if (!await reader.IsDBNullAsync(0, cancellation))
            {
                shares.Add(new HashShare(reader.GetString(0), reader.GetInt64(1)));
            }
        }
        decoys.Share(shares);
    }

    [LoggerMessage(LogLevel.Warning, "The kinds of stored password hashes could not be counted; the decoys stay as they are: {Reason}")]
    private partial void LogFailed(string reason);
}
