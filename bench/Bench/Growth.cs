using System.Globalization;

namespace Bench;

/// <summary>The same load on 1,000 users and on 1,000,000, with sessions at random.</summary>
internal sealed class Growth(Stage stage, Results results)
{
    private const string ChainsPerConnection = "60";

    private readonly Database large = stage.Data(Stage.Large);

    private double scanned;

    public async Task MeasureAsync()
    {
        await using var few = await stage.ServerAsync(Stage.Small);
        await using var many = await stage.ServerAsync(Stage.Large);
        await CompareReadsAsync(few, many);
        await CompareAsync("refresh, 960 chains", few, many, RefreshAsync, Seed.ResetSessionsAsync);
        await CompareAsync("logins", few, many, LoginAsync);
        await NoteAsync();
    }

    public async Task MeasureReadsAsync()
    {
        await using var few = await stage.ServerAsync(Stage.Small);
        await using var many = await stage.ServerAsync(Stage.Large);
        await CompareReadsAsync(few, many);
        await NoteAsync();
    }

    private async Task CompareReadsAsync(Child few, Child many)
    {
        await CompareAsync("`me`, 1,000 sessions in use,", few, many, (server, data) => MeAsync(server, data, 1_000));
        await CompareAsync("`me`, all 3,000 in use and 20,000 at random,", few, many, (server, data) => MeAsync(server, data, Seed.Tokens));
    }

    /// <summary>Both have seen the tokens before: how fast a signature is checked has nothing to do with growth.</summary>
    private async Task CompareAsync(string act, Child few, Child many, Func<Child, string, Task<Load>> run, Func<Database, Task>? prepare = null)
    {
        for (var warm = 0; warm < Load.WarmUp; warm += stage.Seconds)
        {
            await PreparedAsync(few, Stage.Small);
            await PreparedAsync(many, Stage.Large);
        }
        var before = await PreparedAsync(few, Stage.Small);
        var load = await PreparedAsync(many, Stage.Large, counted: true);
        var after = await PreparedAsync(few, Stage.Small);
        results.Add($"growth: {act} with 1,000,000 users and 3,000,000 sessions, against 1,000 and 3,000", "0.9", load, Load.Mean(before, after));

        async Task<Load> PreparedAsync(Child server, string data, bool counted = false)
        {
            await (prepare?.Invoke(stage.Data(data)) ?? Task.CompletedTask);
            return await (counted ? CountScansAsync(() => run(server, data)) : run(server, data));
        }
    }

    private Task<Load> MeAsync(Child server, string data, int sessions) => Load.RunAsync(
        "me.lua", server.Address, 1, 32, stage.Seconds, ("TOKENS", stage.Tokens(data) + ".access"), ("SESSIONS", $"{sessions}"));

    private Task<Load> RefreshAsync(Child server, string data) => Load.RunAsync(
        "refresh.lua", server.Address, 16, 16, stage.Seconds, ("TOKENS", stage.Tokens(data) + ".refresh"), ("CHAINS", ChainsPerConnection));

    private Task<Load> LoginAsync(Child server, string data) =>
        Load.RunAsync("login.lua", server.Address, 1, 32, 2 * stage.Seconds, ("PASSWORD", Seed.Password));

    private async Task<Load> CountScansAsync(Func<Task<Load>> run)
    {
        var before = await ScannedAsync();
        var load = await run();
        scanned += await ScannedAsync() - before;
        return load;
    }

    /// <summary>Rows of the large tables that were read by scanning and not by an index.</summary>
    private async Task<double> ScannedAsync() => (await large.WorkAsync("sessions")).Scanned + (await large.WorkAsync("users")).Scanned;

    private async Task NoteAsync()
    {
        var (all, cache) = (await MiBAsync("pg_database_size(current_database())"), await MiBAsync("pg_size_bytes(current_setting('shared_buffers'))"));
        var (sessions, sessionsIndex) = (await MiBAsync("pg_table_size('sessions')"), await MiBAsync("pg_indexes_size('sessions')"));
        var (users, usersIndexes) = (await MiBAsync("pg_table_size('users')"), await MiBAsync("pg_indexes_size('users')"));
        results.Note("growth", string.Create(CultureInfo.InvariantCulture, $"""
            - 1,000,000 users and 3,000,000 sessions take {all:F0} MiB: sessions {sessions:F0} and their index {sessionsIndex:F0}, users {users:F0} and their indexes {usersIndexes:F0}; PostgreSQL's cache has {cache:F0}.
              Rows of these tables read by scanning, without an index, while measured (by requests, or by the sweeper where it came by): {scanned:F0}
            """));
    }

    private Task<double> MiBAsync(string size) => large.ScalarAsync($"SELECT {size}::float8 / 1024 / 1024");
}
