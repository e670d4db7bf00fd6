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
        if (await DemandsStandbyAsync(cancellation) && !standbys.Exists(standby => standby.IsWaitedFor))
        {
            yield return Fault.Problem(
                "PostgreSQL's synchronous_standby_names waits for a standby, and none is connected: every commit hangs. Bring it back, or empty that setting there.");
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

    private async Task<bool> DemandsStandbyAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "SELECT current_setting('synchronous_standby_names') <> '' AND current_setting('synchronous_commit') NOT IN ('off', 'local')");
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
