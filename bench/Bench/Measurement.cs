using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Accounts.Api.Development;
using Npgsql;

namespace Bench;

/// <summary>Measures in rounds; a ratio is taken within a round, between two runs of the ceiling, because the machine drifts.</summary>
internal sealed class Measurement(string root, string work, int seconds, int rounds, (string Key, string Value)[] settings, PrivatePostgres postgres)
{
    private readonly Results results = new();
    private readonly (string, string) access = ("TOKENS", Path.Combine(work, "access"));
    private readonly (string, string) refresh = ("TOKENS", Path.Combine(work, "refresh"));

    public async Task RunAsync()
    {
        await using var ceiling = await Child.StartAsync(Program("bench/Ceiling", "Ceiling"), "/select/1", [postgres.ConnectionStringFor("bench_ceiling")]);
        for (var round = 1; round <= rounds; round++)
        {
            Console.WriteLine($"Round {round} of {rounds}");
            await MeasureReadsAsync(ceiling);
            await MeasureRefreshesAsync(ceiling);
            await MeasureLoginsAsync();
        }
        await MeasureProcessAsync();
        await results.WriteAsync(Path.Combine(root, "bench", "RESULTS.md"), rounds, seconds);
    }

    private string Program(string project, string name) => Path.Combine(root, project, "bin", "Release", "net10.0", $"{name}.dll");

    private Task<Child> StartServerAsync() => Child.StartAsync(Program("Accounts.Api", "Accounts.Api"), "/readyz", [], settings);

    private async Task MeasureReadsAsync(Child ceiling)
    {
        await using var server = await StartServerAsync();
        await Load.RunAsync("me.lua", server.Address, 1, 32, seconds, access);
        var before = await Load.RunAsync("select.lua", ceiling.Address, 1, 32, seconds);
        var me = await Load.RunAsync("me.lua", server.Address, 1, 32, seconds, access);
        var after = await Load.RunAsync("select.lua", ceiling.Address, 1, 32, seconds);
        results.Add("`me`, 32 connections, against the SELECT ceiling", me, (before.PerSecond + after.PerSecond) / 2);
    }

    private async Task MeasureRefreshesAsync(Child ceiling)
    {
        await using var server = await StartServerAsync();
        await ResetSessionsAsync();
        await Load.RunAsync("refresh.lua", server.Address, 16, 16, seconds, refresh);
        var before = await Load.RunAsync("update.lua", ceiling.Address, 16, 16, seconds);
        await ResetSessionsAsync();
        var (wal, hot) = (await WalAsync(), await UpdatesAsync());
        var load = await Load.RunAsync("refresh.lua", server.Address, 16, 16, seconds, refresh);
        results.AddWork(load, await WalAsync() - wal, await UpdatesAsync() - hot, seconds);
        var after = await Load.RunAsync("update.lua", ceiling.Address, 16, 16, seconds);
        results.Add("refresh, 16 chains, leeway 0, against the UPDATE ceiling", load, (before.PerSecond + after.PerSecond) / 2);
    }

    private async Task MeasureLoginsAsync()
    {
        await using var server = await StartServerAsync();
        (string, string)[] login = [("PASSWORD", Seed.Password), ("LOGIN_PATH", "/api/auth/login/")];
        var bound = HashBound();
        var logins = await Load.RunAsync("login.lua", server.Address, 1, 32, 2 * seconds, login);
        results.Add("logins a second, against what the hash alone allows", logins, bound);
        var quiet = await Load.RunAsync("me.lua", server.Address, 1, 32, seconds, access);
        var flood = Load.RunAsync("login.lua", server.Address, 1, 32, seconds + 2, login);
        await Task.Delay(1000);
        var me = await Load.RunAsync("me.lua", server.Address, 1, 32, seconds, access);
        results.Add("`me` while 32 connections log in, against quiet `me`", me, quiet.PerSecond);
        results.Add("logins meanwhile, against the hash bound", await flood, bound);
    }

    /// <summary>Hashes a second of all cores with nothing else to do.</summary>
    private double HashBound()
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                Rfc2898DeriveBytes.Pbkdf2(Seed.Password, new byte[16], 220_000, HashAlgorithmName.SHA512, 32);
                Interlocked.Increment(ref done);
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }

    private async Task MeasureProcessAsync()
    {
        var cold = new List<double>();
        for (var start = 0; start < 4; start++)
        {
            var clock = Stopwatch.StartNew();
            await using var fresh = await StartServerAsync();
            cold.Add(clock.Elapsed.TotalMilliseconds);
        }
        await using var server = await StartServerAsync();
        await Task.Delay(2000);
        var before = server.Pss();
        await Load.RunAsync("me.lua", server.Address, 1, 32, seconds, access);
        results.AddProcess(cold.Skip(1).Order().ElementAt(1), before, server.Pss());
    }

    private async Task ResetSessionsAsync()
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionStringFor("bench_accounts"));
        await Seed.ExecuteAsync(database, "UPDATE sessions SET generation = 1, rotated_at = now() - interval '1 minute' WHERE generation <> 1");
        await Seed.ExecuteAsync(database, "VACUUM sessions");
        await Seed.ExecuteAsync(database, "CHECKPOINT");
    }

    private Task<double> WalAsync() => ScalarAsync("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8");

    private async Task<(double Updated, double Hot)> UpdatesPairAsync() => (
        await ScalarAsync("SELECT n_tup_upd::float8 FROM pg_stat_user_tables WHERE relname = 'sessions'"),
        await ScalarAsync("SELECT n_tup_hot_upd::float8 FROM pg_stat_user_tables WHERE relname = 'sessions'"));

    private async Task<Updates> UpdatesAsync()
    {
        // The statistics of other sessions arrive within a second.
        await Task.Delay(1500);
        var (updated, hot) = await UpdatesPairAsync();
        return new Updates(updated, hot);
    }

    private async Task<double> ScalarAsync(string query)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionStringFor("bench_accounts") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}

internal readonly record struct Updates(double Updated, double Hot)
{
    public static Updates operator -(Updates one, Updates other) => new(one.Updated - other.Updated, one.Hot - other.Hot);
}
