using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Bench;

/// <summary>Memory, and the time from nothing to the first answer that needed the database.</summary>
internal sealed class Footprint(Stage stage, Results results)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    public async Task MeasureAsync()
    {
        results.AddValue("cold start to the first 200 of `me`, with a migrated database", "900 ms", "ms", await ColdStartAsync());
        await using var server = await stage.ServerAsync(Stage.Small);
        await Task.Delay(Settled);
        results.AddValue("memory (PSS) fresh", "110 MB", "MB", server.Pss());
        var access = ("TOKENS", stage.Tokens(Stage.Small) + ".access");
        var refresh = ("TOKENS", stage.Tokens(Stage.Small) + ".refresh");
        await Seed.ResetSessionsAsync(stage.Data(Stage.Small));
        await Load.RunAsync("me.lua", server.Address, 1, 32, stage.Seconds, access);
        await Load.RunAsync("refresh.lua", server.Address, 16, 16, stage.Seconds, refresh, ("CHAINS", "1"));
        await Load.RunAsync("login.lua", server.Address, 1, 32, stage.Seconds, ("PASSWORD", Seed.Password));
        results.AddValue("memory (PSS) after load", "150 MB", "MB", server.Pss());
    }

    private async Task<double> ColdStartAsync()
    {
        var token = File.ReadLines(stage.Tokens(Stage.Small) + ".access").First();
        var clock = Stopwatch.StartNew();
        await using var server = await stage.ServerAsync(Stage.Small);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync("/api/auth/me/");
        return answer.StatusCode == HttpStatusCode.OK
            ? clock.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"me answered {answer.StatusCode} after a cold start.");
    }
}
