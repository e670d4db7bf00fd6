using System.Diagnostics;
using System.Security.Cryptography;

namespace Bench;

/// <summary>Signing in against what the hash alone allows on these cores, and <c>me</c> while everybody signs in.</summary>
internal sealed class Logins(Stage stage, Results results)
{
    public async Task MeasureAsync()
    {
        await using var server = await stage.ServerAsync(Stage.Small);
        await LoginAsync(server.Address, 2 * stage.Seconds);
        var before = HashBound();
        var logins = await LoginAsync(server.Address, 2 * stage.Seconds);
        var bound = (before + HashBound()) / 2;
        results.Add("logins a second, against what the hash alone allows", "0.95", logins, bound);
        await MeAsync(server.Address, Load.WarmUp);
        var quiet = await MeAsync(server.Address, stage.Seconds);
        var flood = LoginAsync(server.Address, stage.Seconds + 3);
        await Task.Delay(2000);
        var (sessions, clock) = (await SessionsAsync(), Stopwatch.StartNew());
        var me = await MeAsync(server.Address, stage.Seconds);
        var meanwhile = (await SessionsAsync() - sessions) / clock.Elapsed.TotalSeconds;
        results.Add("`me` while 32 connections log in, against quiet `me`", "0.65, p99 under 25 ms", me, quiet.PerSecond);
        results.Add("logins meanwhile, against the hash bound", "0.4", (await flood) with { PerSecond = meanwhile }, bound);
    }

    private Task<double> SessionsAsync() => stage.Data(Stage.Small).ScalarAsync("SELECT count(*) FROM sessions");

    private static Task<Load> LoginAsync(Uri server, int seconds) => Load.RunAsync("login.lua", server, 1, 32, seconds, ("PASSWORD", Seed.Password));

    private Task<Load> MeAsync(Uri server, int seconds) =>
        Load.RunAsync("me.lua", server, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"));

    /// <summary>Hashes a second of all cores with nothing else to do.</summary>
    private double HashBound()
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(stage.Seconds))
            {
                Rfc2898DeriveBytes.Pbkdf2(Seed.Password, new byte[16], Seed.Iterations, HashAlgorithmName.SHA512, 32);
                Interlocked.Increment(ref done);
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }
}
