namespace Bench;

/// <summary><c>me</c> against one SELECT by key; the driver's own pgbench and ASP.NET Core's MapIdentityApi beside it.</summary>
internal sealed class Reads(Stage stage, Results results)
{
    private const string Ceiling = "the SELECT ceiling";

    public async Task MeasureAsync()
    {
        await using var server = await stage.ServerAsync(Stage.Small);
        await MeAsync(server.Address, Load.WarmUp);
        await PeerAsync(Load.WarmUp);
        var before = await SelectAsync();
        var me = await MeAsync(server.Address, stage.Seconds);
        var between = await SelectAsync();
        var peer = await PeerAsync(stage.Seconds);
        var after = await SelectAsync();
        results.Add($"`me`, 32 connections, against {Ceiling}", "1.3", me, Load.Mean(before, between));
        results.Add($"(peer) MapIdentityApi's `/manage/info`, against {Ceiling}", "", peer, Load.Mean(between, after));
        results.Add($"(pgbench, 8 clients) the same SELECT, against {Ceiling}", "", await stage.PgBench.RunAsync("SELECT value FROM kv WHERE id = :id", 8), after.PerSecond);
    }

    private Task<Load> SelectAsync() => Load.RunAsync("select.lua", stage.Ceiling, 1, 32, stage.Seconds);

    private Task<Load> PeerAsync(int seconds) =>
        Load.RunAsync("me.lua", stage.Peer, 1, 32, seconds, ("TOKENS", stage.Tokens("peer.access")), ("ME_PATH", "/manage/info"));

    private Task<Load> MeAsync(Uri server, int seconds) =>
        Load.RunAsync("me.lua", server, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));
}
