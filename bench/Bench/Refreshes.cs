namespace Bench;

/// <summary>Refreshing in 16 chains against one UPDATE by key, both driven by the same script; and what it costs the database.</summary>
internal sealed class Refreshes(Stage stage, Results results)
{
    private const string Ceiling = "the UPDATE ceiling", PagePath = "/api/auth/session/";

    private readonly Database sessions = stage.Data(Stage.Small);

    public async Task MeasureAsync()
    {
        await using var server = await stage.ServerAsync(Stage.Small);
        await Seed.ResetSessionsAsync(sessions);
        await RefreshAsync(server.Address, Load.WarmUp);
        await PeerAsync();
        var before = await UpdateAsync();
        await Seed.ResetSessionsAsync(sessions);
        var load = await WithWorkAsync("a refresh", sessions, "sessions", () => RefreshAsync(server.Address, stage.Seconds));
        var between = await WithWorkAsync("the ceiling's UPDATE", stage.CeilingTable, "kv", UpdateAsync);
        var peer = await PeerAsync();
        var after = await UpdateAsync();
        await RefreshAsync(server.Address, Load.WarmUp, PagePath);
        await Seed.ResetSessionsAsync(sessions);
        var page = await RefreshAsync(server.Address, stage.Seconds, PagePath);
        var afterwards = await UpdateAsync();
        results.Add($"refresh, 16 chains, leeway 0, against {Ceiling}", "1.2, p99 under 20 ms", load, Load.Mean(before, between));
        results.Add($"`POST session/` by a refresh cookie (a refresh and `me` in one, for a page that loads), 16 chains, leeway 0, against {Ceiling}", "", page, Load.Mean(after, afterwards));
        results.Add($"(peer) MapIdentityApi's `/refresh`, which neither rotates nor writes, against {Ceiling}", "", peer, Load.Mean(between, after));
        results.Add($"(pgbench, 16 clients) the same UPDATE, against {Ceiling}", "", await stage.PgBench.RunAsync("UPDATE kv SET n = n + 1 WHERE id = :id RETURNING value", 16), after.PerSecond);
    }

    private async Task<Load> WithWorkAsync(string act, Database database, string table, Func<Task<Load>> run)
    {
        await database.CheckpointAsync();
        var before = await database.WorkAsync(table);
        var load = await run();
        results.AddWork(act, load, await database.WorkAsync(table) - before);
        return load;
    }

    private Task<Load> UpdateAsync() => Load.RunAsync("update.lua", stage.Ceiling, 16, 16, stage.Seconds);

    private Task<Load> PeerAsync() =>
        Load.RunAsync("peer-refresh.lua", stage.Peer, 16, 16, stage.Seconds, ("TOKENS", stage.Tokens("peer.refresh")));

    private Task<Load> RefreshAsync(Uri server, int seconds, string path = "/api/auth/token/refresh/") =>
        Load.RunAsync("refresh.lua", server, 16, 16, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".refresh"), ("CHAINS", "1"), ("REFRESH_PATH", path));
}
