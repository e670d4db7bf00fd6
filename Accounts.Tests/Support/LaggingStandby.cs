using Accounts.Development.Postgres;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>A PostgreSQL, and a standby of it that gets all and replays no commit.</summary>
public sealed class LaggingStandby : IAsyncLifetime
{
    /// <summary>Its <c>application_name</c>.</summary>
    public const string Name = "behind";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"accounts-standby-{Guid.NewGuid():N}");
    private PrivatePostgres primary = null!;
    private PrivatePostgres? standby;

    public TestDatabase Primary { get; private set; } = null!;

    public string StandbyConnectionString => standby!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        primary = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true });
        Primary = new TestDatabase(primary.ConnectionString + ";Pooling=false");
        await CopyAsync();
        standby = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { DataFolder = Path.Combine(folder, "data") });
        await Until.TrueAsync(async () => await Primary.CountAsync("pg_stat_replication", "state = 'streaming'") == 1, "the standby follows");
        await Primary.ExecuteAsync("CREATE TABLE news (number int)");
    }

    /// <summary>By the primary itself, for PostgreSQL's programs run as its own user.</summary>
    private async Task CopyAsync()
    {
        var copy = (await PostgresBinaries.FindAsync()).Program("pg_basebackup");
        var source = new NpgsqlConnectionStringBuilder(primary.ConnectionString);
        await Primary.ExecuteAsync($"""
            COPY (SELECT) TO PROGRAM '{copy} -D {folder}/data -R -c fast -d "host={source.Host} port={source.Port} user=postgres application_name={Name}"
            && printf "recovery_min_apply_delay = 3600000\nwal_receiver_status_interval = 1\n" >>{folder}/data/postgresql.auto.conf'
            """.ReplaceLineEndings(" "));
    }

    public Task<long> SecondsBehindAsync() => Primary.ScalarAsync<long>("SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::bigint FROM pg_stat_replication");

    /// <summary>What commits wait for; nothing where empty.</summary>
    public async Task WaitForAsync(string names)
    {
        await Primary.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{names}'");
        await Primary.ScalarAsync<bool>("SELECT pg_reload_conf()");
        await Until.TrueAsync(async () => await Primary.ScalarAsync<string>("SELECT current_setting('synchronous_standby_names')") == names, "the setting is read");
    }

    public async ValueTask DisposeAsync()
    {
        if (standby is not null)
        {
            await standby.DisposeAsync();
        }
        await primary.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
