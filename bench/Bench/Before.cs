namespace Bench;

/// <summary>
/// This server in turn with that of another commit, for which <c>bench/run</c> is given <c>BEFORE</c>. Both are started anew each round: what a process happens
/// to become by its compiler and heap stays its own for life. The processor's time of a request is what a busy machine moves least.
/// </summary>
internal sealed class Before(Stage stage, Results results)
{
    private sealed record Cost(Load Load, double Micros);

    private static bool isFirst;

    public async Task MeasureAsync()
    {
        if (!File.Exists(stage.Program(Stage.Before)))
        {
            return;
        }
        // Who begins has the colder machine.
        isFirst = !isFirst;
        var (now, before) = isFirst ? (await TurnAsync(Stage.Now), await TurnAsync(Stage.Before)) : Swapped(await TurnAsync(Stage.Before), await TurnAsync(Stage.Now));
        Add("`me`", now.Me, before.Me);
        Add("a refresh", now.Refresh, before.Refresh);
    }

    private static ((Cost Me, Cost Refresh) Now, (Cost Me, Cost Refresh) Before) Swapped((Cost, Cost) before, (Cost, Cost) now) => (now, before);

    private void Add(string act, Cost now, Cost before)
    {
        results.Add($"{act}, against the commit before", "", now.Load, before.Load.PerSecond);
        results.AddRatio($"the server's processor time for {act}, against the commit before", "", "µs", now.Micros, before.Micros);
    }

    private async Task<(Cost Me, Cost Refresh)> TurnAsync(string program)
    {
        await using var server = await stage.ServerAsync(program, Stage.Small, []);
        await MeAsync(Load.WarmUp);
        var me = await CostAsync(() => MeAsync(stage.Seconds));
        await RefreshAsync(Load.WarmUp);
        return (me, await CostAsync(() => RefreshAsync(stage.Seconds)));

        async Task<Cost> CostAsync(Func<Task<Load>> run)
        {
            var began = server.ProcessorTime;
            var load = await run();
            return new Cost(load, (server.ProcessorTime - began).TotalMicroseconds / load.Requests);
        }

        Task<Load> MeAsync(int seconds) => Load.RunAsync("me.lua", server.Address, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));

        async Task<Load> RefreshAsync(int seconds)
        {
            await Seed.ResetSessionsAsync(stage.Data(Stage.Small));
            return await Load.RunAsync("refresh.lua", server.Address, 16, 16, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".refresh"), ("CHAINS", "1"));
        }
    }
}
