using System.Diagnostics;

namespace Bench;

/// <summary>Signing in against what the hash alone allows on these cores, and <c>me</c> while everybody signs in.</summary>
internal sealed class Logins(Stage stage, Results results)
{
    public async Task MeasureAsync()
    {
        await using var server = await stage.ServerAsync(Stage.Small);
        await LoginAsync(server.Address, Load.SignInWarmUp);
        var before = await BoundAsync();
        var logins = await LoginWhileAsync(server.Address, 4 * stage.Seconds, Task.Delay);
        var bound = (before + await BoundAsync()) / 2;
        results.Add("logins a second, against what the hash alone allows", "0.95", logins, bound);
        await MeAsync(server.Address, Load.WarmUp);
        var quiet = await MeAsync(server.Address, 2 * stage.Seconds);
        Load me = null!;
        var meanwhile = await LoginWhileAsync(server.Address, 2 * stage.Seconds, async _ => me = await MeAsync(server.Address, 2 * stage.Seconds));
        results.Add("`me` while 32 connections log in, against quiet `me`", "0.85, p99 under 15 ms", me, quiet.PerSecond);
        results.Add("logins meanwhile, against those of the same round alone", "0.5", meanwhile, logins.PerSecond);
    }

    private Task<double> BoundAsync() => HashBound.MeasureAsync(stage.Arguments(Stage.Small), 2 * stage.Seconds);

    /// <summary>Logins while something else goes on, counted by their sessions: wrk's own number has the beginning in it, when all ask at once.</summary>
    private async Task<Load> LoginWhileAsync(Uri server, int seconds, Func<TimeSpan, Task> during)
    {
        var flood = LoginAsync(server, seconds + 3);
        await Task.Delay(2000);
        var (sessions, clock) = (await SessionsAsync(), Stopwatch.StartNew());
        await during(TimeSpan.FromSeconds(seconds));
        var perSecond = (await SessionsAsync() - sessions) / clock.Elapsed.TotalSeconds;
        return (await flood) with { PerSecond = perSecond };
    }

    private Task<double> SessionsAsync() => stage.Data(Stage.Small).ScalarAsync("SELECT count(*) FROM sessions");

    private static Task<Load> LoginAsync(Uri server, int seconds) => Load.RunAsync("login.lua", server, 1, 32, seconds, ("PASSWORD", Seed.Password));

    private Task<Load> MeAsync(Uri server, int seconds) =>
        Load.RunAsync("me.lua", server, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));
}
