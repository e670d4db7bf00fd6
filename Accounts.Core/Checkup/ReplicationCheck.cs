using System.Runtime.CompilerServices;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>The standbys of the database, as far as its user may see them: what a failover would lose, and whether commits wait for somebody who is not there.</summary>
public sealed class ReplicationCheck(NpgsqlDataSource database) : ICheck
{
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(30);

    private const string Standbys = """
        SELECT coalesce(nullif(application_name, ''), 'without a name'), coalesce(replay_lag, interval '0'), coalesce(sync_state IN ('sync', 'quorum'), true)
        FROM pg_stat_replication
        """;

    public string Name => "replication";

    public string WhenWell => "No standby is missing or far behind.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var standbys = await ReadAsync(cancellation);
        foreach (var (name, lag, _) in standbys.Where(standby => standby.Lag > Tolerable))
        {
            yield return Fault.Warning(
                $"The standby {name} is {lag.TotalSeconds:0} s behind: a failover now would bring back sessions that ended since, and forget accounts made since. Look at its disk and network.");
        }
        var (demanded, waitedFor) = (await DemandedAsync(cancellation), standbys.Count(standby => standby.IsWaitedFor));
        if (waitedFor < demanded)
        {
            yield return Fault.Problem(
                $"PostgreSQL's synchronous_standby_names waits for {(demanded == 1 ? "a standby" : $"{demanded} standbys")}, and {(waitedFor == 0 ? "none" : waitedFor)} of those it names {(waitedFor > 1 ? "are" : "is")} connected: every commit hangs. Bring back who is missing, or empty that setting there.");
        }
    }

    private async Task<List<(string Name, TimeSpan Lag, bool IsWaitedFor)>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Standbys);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var standbys = new List<(string, TimeSpan, bool)>();
        while (await row.ReadAsync(cancellation))
        {
            standbys.Add((row.GetString(0), row.GetFieldValue<TimeSpan>(1), row.GetBoolean(2)));
        }
        return standbys;
    }

    /// <summary>How many standbys a commit waits for: "a, b" is one of them, "2 (a, b)", "FIRST 2 (a, b)" and "ANY 2 (a, b)" are two.</summary>
    private async Task<int> DemandedAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            SELECT CASE WHEN names = '' OR current_setting('synchronous_commit') IN ('off', 'local') THEN 0
                        ELSE coalesce(substring(names FROM '^\s*(?:(?:[Aa][Nn][Yy]|[Ff][Ii][Rr][Ss][Tt])\s+)?(\d+)\s*\(')::int, 1) END
            FROM (SELECT current_setting('synchronous_standby_names')) AS setting (names)
            """);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
