using System.Diagnostics;
using Accounts.Development.Postgres;
using Npgsql;

namespace Faults;

/// <summary>A PostgreSQL on loopback, durable as by default, whose disk takes 5 ms for a commit as one across a network does.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly string[] AsPostgres = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly PostgresBinaries binaries;
    private readonly string folder;
    private readonly string log;
    private readonly string[] settings;
    private Process? process;

    private Cluster(PostgresBinaries binaries, string folder, string log, int port, string[] settings) =>
        (this.binaries, this.folder, this.log, Port, this.settings) = (binaries, folder, log, port, settings);

    public int Port { get; }

    private string Data => Path.Combine(folder, "data");

    public static async Task<Cluster> CreateAsync(string folder, string log, int port, params string[] settings)
    {
        var cluster = new Cluster(await PostgresBinaries.FindAsync(), folder, log, port, settings);
        await cluster.MakeFolderAsync();
        await Programs.RunAsync([.. AsPostgres, cluster.binaries.InitDb, "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        await cluster.StartAsync();
        await cluster.ExecuteAsync("CREATE ROLE accounts LOGIN", "postgres");
        await cluster.ExecuteAsync("CREATE DATABASE accounts OWNER accounts", "postgres");
        return cluster;
    }

    /// <summary>A copy that follows by streaming.</summary>
    public async Task<Cluster> FollowAsync(string standbyFolder, int port)
    {
        var standby = new Cluster(binaries, standbyFolder, log, port, settings);
        await standby.MakeFolderAsync();
        await Programs.RunAsync([
            .. AsPostgres, binaries.Program("pg_basebackup"), "-D", standby.Data, "-R", "-c", "fast",
            "-d", $"host=127.0.0.1 port={Port} user=postgres application_name=standby"]);
        await standby.StartAsync();
        return standby;
    }

    private Task MakeFolderAsync() => Programs.RunAsync(
        ["install", "-d", "-m", "0700", .. Environment.IsPrivilegedProcess ? ["-o", "postgres", "-g", "postgres"] : Array.Empty<string>(), folder]);

    public async Task StartAsync()
    {
        process = Programs.Start(
        [
            .. AsPostgres, binaries.Postgres, "-D", Data, "-k", folder, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1",
            "-c", "commit_delay=5000", "-c", "commit_siblings=0", "-c", "max_connections=100", .. settings.SelectMany(setting => new[] { "-c", setting }),
        ], log);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            try
            {
                await ScalarAsync("SELECT 1", "postgres");
                return;
            }
            catch (NpgsqlException)
            {
            }
        }
        throw new InvalidOperationException($"PostgreSQL does not start: see {log}.");
    }

    /// <summary>On a full disk it may have given up.</summary>
    public Task StartIfDownAsync() => process!.HasExited ? StartAsync() : Task.CompletedTask;

    /// <summary>A fast shutdown.</summary>
    public Task StopAsync() => EndAsync("INT", [process!.Id]);

    /// <summary>All of it at once, as when the machine loses its power.</summary>
    public Task KillAsync() => EndAsync("KILL", Programs.Family(process!.Id));

    private async Task EndAsync(string signal, int[] processes)
    {
        await Programs.SignalAsync(signal, processes);
        await process!.WaitForExitAsync();
        process = null;
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    public Task FreezeAsync() => Programs.SignalAsync("STOP", Programs.Family(process!.Id));

    public Task ThawAsync() => Programs.SignalAsync("CONT", Programs.Family(process!.Id));

    public Task PromoteAsync() => ScalarAsync("SELECT pg_promote()", "postgres");

    public async Task ExecuteAsync(string statement, string database = "accounts")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string query, string database = "accounts")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<NpgsqlConnection> OpenAsync(string database = "accounts")
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false;SSL Mode=Disable;Command Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await ThawAsync();
            await StopAsync();
        }
    }
}
