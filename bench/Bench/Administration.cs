using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>What administrators ask for where there are 1,000,000 users and 10,000,000 events, and what these cost everybody else.</summary>
internal sealed class Administration(Stage stage, Results results)
{
    private const string Users = "/api/admin/users/", Events = "/api/admin/events/";
    private const string Crowd = "with 1,000,000 users and 10,000,000 events";
    private const int Warm = 20, Counted = 200;

    private static (string Name, Func<string> Path)[] Questions(Administered there) =>
    [
        ("users, a page", () => Users),
        ("users by address, the last page of a list (10,000 at most)", () => $"{Users}?ordering=email&page={Math.Min(100, there.Users / 100)}&page_size=100"),
        ("users, a name", () => $"{Users}?search=u{Random.Shared.Next(there.Users / 10, there.Users)}"),
        ("users, what a ninth of the names begin with", () => $"{Users}?search=u{Random.Shared.Next(1, 10)}"),
        ("users with a role", () => $"{Users}?role=admin"),
        ("users who are deactivated", () => $"{Users}?is_active=false"),
        ("one user's events", () => $"{Users}{there.AnyUser()}/events/"),
        ("one user's events, of 100,000, page 50", () => $"{Users}{there.Busy}/events/?page=50"),
        ("events, 100 on a page", () => $"{Events}?page_size=100"),
        ("events of a kind", () => $"{Events}?kind=password_changed"),
        ("events of a user", () => $"{Events}?user={there.AnyUser()}"),
        ("events by an administrator", () => $"{Events}?actor={there.Admin}"),
        ("events of a kind on a day", () => $"{Events}?kind=sign_in_failed&{Day(Random.Shared.Next(5, 170))}"),
        ("events on from a number", () => $"{Events}?after={Random.Shared.Next(there.Events / 10 * 9)}"),
        ("summary", () => "/api/admin/summary/"),
    ];

    public async Task MeasureAsync()
    {
        var (there, small) = (await Administered.FillAsync(stage), await Administered.FillSmallAsync(stage));
        await using var few = await stage.ServerAsync(Stage.Large);
        await using var many = await stage.ServerAsync(Administered.Name);
        await using var tiny = await stage.ServerAsync(Administered.SmallName);
        using var http = there.Client(many);
        using var other = small.Client(tiny);
        foreach (var ((name, path), (_, same)) in Questions(there).Zip(Questions(small)))
        {
            var before = await AskAsync(other, same);
            var load = await AskAsync(http, path);
            results.Add(
                $"administration: {name}, one after another {Crowd}, against 1,000 and 10,000 (medians)", "p99 50 ms", load with { Bad = load.Bad + before.Bad }, before.PerSecond);
        }
        results.AddValue($"administration: the first summary of a minute, {Crowd}", "", "ms", await there.FirstSummaryAsync(stage));
        results.AddValue($"administration: `events.ndjson` of a day, {Crowd}", "", "events/s", await StreamAsync(http));
        await CompareAsync("`me`, 1,000 sessions in use,", few, many, MeAsync);
        await CompareAsync("logins", few, many, server => Load.RunAsync("login.lua", server.Address, 1, 32, 2 * stage.Seconds, ("PASSWORD", Seed.Password)));
    }

    private static async Task<Load> AskAsync(HttpClient http, Func<string> path)
    {
        var (times, bad) = (new List<double>(), 0);
        for (var n = 0; n < Warm + Counted; n++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await http.GetAsync(path());
            await answer.Content.ReadAsByteArrayAsync();
            bad += answer.IsSuccessStatusCode ? 0 : 1;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return Load.Of(times[Warm..], perSecond: null, bad);
    }

    private static async Task<double> StreamAsync(HttpClient http)
    {
        var clock = Stopwatch.StartNew();
        using var reader = new StreamReader(await http.GetStreamAsync($"/api/admin/events.ndjson?{Day(90)}"));
        var lines = 0;
        while (await reader.ReadLineAsync() is not null)
        {
            lines++;
        }
        return lines / clock.Elapsed.TotalSeconds;
    }

    private async Task CompareAsync(string act, Child few, Child many, Func<Child, Task<Load>> run)
    {
        for (var warm = 0; warm < Load.WarmUp; warm += stage.Seconds)
        {
            await run(few);
            await run(many);
        }
        var before = await run(few);
        var load = await run(many);
        results.Add($"administration: {act} {Crowd}, against as many users and no events", "0.95", load, Load.Mean(before, await run(few)));
    }

    private Task<Load> MeAsync(Child server) => Load.RunAsync(
        "me.lua", server.Address, 1, 32, stage.Seconds, ("TOKENS", stage.Tokens(Stage.Large) + ".access"), ("SESSIONS", $"{Administered.Asked}"));

    private static string Day(int ago) => string.Create(
        CultureInfo.InvariantCulture, $"since={DateTime.UtcNow.AddDays(-ago):yyyy-MM-dd}T00:00:00Z&until={DateTime.UtcNow.AddDays(1 - ago):yyyy-MM-dd}T00:00:00Z");
}
