namespace Bench;

/// <summary>Memory, and the time from nothing to the first answer that needed the database.</summary>
internal sealed class Footprint(Stage stage, Results results)
{
    private const int Starts = 5;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5), Later = TimeSpan.FromSeconds(30);

    public async Task MeasureAsync()
    {
        var starts = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            starts.Add(await stage.ColdStartAsync(Stage.Now));
        }
        results.AddValue($"cold start: from the spawn to the first 200 of `me`, with a migrated database (the middle one of {Starts})", "600 ms", "ms", Results.Median(starts));
        await using var server = await stage.ServerAsync(Stage.Small);
        await Task.Delay(Settled);
        Tell(server, "fresh, 5 s after `/readyz`", "100 MB");
        await LoadAsync(server);
        Tell(server, "after load", "130 MB");
        await Task.Delay(Later);
        Tell(server, "30 s after load", "");
    }

    private void Tell(Child server, string when, string aim)
    {
        results.AddValue($"memory (PSS, beside the bench's own processes of .NET) {when}", aim, "MB", server.Pss());
        results.AddValue($"memory (RSS, which a lone process has) {when}", aim, "MB", server.Rss());
    }

    private async Task LoadAsync(Child server)
    {
        await Seed.ResetSessionsAsync(stage.Data(Stage.Small));
        await Load.RunAsync("me.lua", server.Address, 1, 32, stage.Seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));
        await Load.RunAsync("refresh.lua", server.Address, 16, 16, stage.Seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".refresh"), ("CHAINS", "1"));
        await Load.RunAsync("login.lua", server.Address, 1, 32, stage.Seconds, ("PASSWORD", Seed.Password));
    }
}
