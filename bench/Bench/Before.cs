namespace Bench;

/// <summary>
/// This server beside that of another commit, for which <c>bench/run</c> is given <c>BEFORE</c>: both are started anew each round, for what a process happens to
/// become by its compiler and heap stays its own for life, and take short turns, for the machine drifts. The processor's time of a request moves least.
/// </summary>
internal sealed class Before(Stage stage, Results results)
{
    private const int Turns = 4, Starts = 5;
    private const string Against = "against the commit before";
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>Until what the last sign-ins have hashed with is given back: one of both was last.</summary>
    private static readonly TimeSpan Rested = TimeSpan.FromSeconds(30);

    public async Task MeasureAsync()
    {
        if (!File.Exists(stage.Program(Stage.Before)))
        {
            return;
        }
        await ColdStartsAsync();
        await using var before = await stage.ServerAsync(Stage.Before, Stage.Small, []);
        await using var now = await stage.ServerAsync(Stage.Now, Stage.Small, []);
        await Task.Delay(Settled);
        Remember("fresh", before, now);
        await CompareAsync("`me`", before, now, MeAsync);
        await CompareAsync("a refresh", before, now, RefreshAsync);
        await CompareAsync("a sign-in", before, now, LoginAsync);
        await Task.Delay(Rested);
        Remember($"{Rested.TotalSeconds} s after load", before, now);
    }

    private async Task ColdStartsAsync()
    {
        var (was, isNow) = (new List<double>(), new List<double>());
        for (var n = 0; n < Starts; n++)
        {
            foreach (var (folder, times) in n % 2 == 0 ? new[] { (Stage.Before, was), (Stage.Now, isNow) } : [(Stage.Now, isNow), (Stage.Before, was)])
            {
                times.Add(await stage.ColdStartAsync(folder));
            }
        }
        results.AddRatio($"cold start to the first 200 of `me` (the middle one of {Starts}), {Against}, in turns", "", "ms", Results.Median(isNow), Results.Median(was));
    }

    /// <summary>By RSS: both share pages with each other, and each as many as the other has of them.</summary>
    private void Remember(string when, Child before, Child now) => results.AddRatio($"memory (RSS) {when}, {Against}", "", "MB", now.Rss(), before.Rss());

    private async Task CompareAsync(string act, Child before, Child now, Func<Child, int, Task<Load>> run)
    {
        var (was, isNow) = (new Cost(before), new Cost(now));
        await run(before, Load.WarmUp);
        await run(now, Load.WarmUp);
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var cost in turn % 2 == 0 ? new[] { was, isNow } : [isNow, was])
            {
                await cost.AddAsync(run, stage.Seconds);
            }
        }
        results.Add($"{act}, {Against}, in turns", "", isNow.Whole(otherwise: was), was.PerSecond);
        results.AddRatio($"the server's processor time for {act}, {Against}, in turns", "", "µs", isNow.Micros, was.Micros);
    }

    private Task<Load> MeAsync(Child server, int seconds) => Load.RunAsync("me.lua", server.Address, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));

    private static Task<Load> LoginAsync(Child server, int seconds) => Load.RunAsync("login.lua", server.Address, 1, 32, seconds, ("PASSWORD", Seed.Password));

    private async Task<Load> RefreshAsync(Child server, int seconds)
    {
        await Seed.ResetSessionsAsync(stage.Data(Stage.Small));
        return await Load.RunAsync("refresh.lua", server.Address, 16, 16, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".refresh"), ("CHAINS", "1"));
    }

    /// <summary>Of all its turns.</summary>
    private sealed class Cost(Child server)
    {
        private readonly List<Load> turns = [];
        private TimeSpan processor;
        private double requests, seconds;

        public double Micros => processor.TotalMicroseconds / requests;

        public double PerSecond => requests / seconds;

        public async Task AddAsync(Func<Child, int, Task<Load>> run, int length)
        {
            var began = server.ProcessorTime;
            var load = await run(server, length);
            turns.Add(load);
            (processor, requests, seconds) = (processor + server.ProcessorTime - began, requests + load.Requests, seconds + length);
        }

        /// <summary>With the latencies of the middle turn, and the bad answers of both servers.</summary>
        public Load Whole(Cost otherwise) => new(PerSecond, (int)seconds, Middle(load => load.P50), Middle(load => load.P99), turns.Concat(otherwise.turns).Sum(load => load.Bad));

        private TimeSpan Middle(Func<Load, TimeSpan?> percentile) => TimeSpan.FromMilliseconds(Results.Median(turns.Select(load => percentile(load)!.Value.TotalMilliseconds)));
    }
}
