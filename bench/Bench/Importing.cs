using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>1,000,000 users moving in by <c>import csv</c>, what it costs in memory, what `me` does meanwhile, and a second run.</summary>
internal sealed class Importing(Stage stage, Results results)
{
    private const string Data = "bench_import";
    private const int Users = 1_000_000;

    /// <summary>As old ones are; nothing of it is computed.</summary>
    private const string Hash = "pbkdf2_sha256$260000$tyyu5l8rxJAfmxd2nfOrJV$4STzgUQbz1UeWZrgIIw1DP00RifVmwoYSZ37Z1XzsEo=";

    private string File => Path.Combine(stage.Root, "bench", "out", "import.csv");

    public async Task MeasureAsync()
    {
        await WriteAsync();
        await stage.CopyAsync(Stage.Small, Data);
        await using var server = await stage.ServerAsync(Data);
        var quiet = await MeAsync(server, stage.Seconds);
        var first = await RunAsync("the first run");
        var again = await RunAsync("a second run, where nothing has changed");
        // Onto an empty table once more, with `me` beside it from its beginning to its end.
        await stage.Data(Data).ExecuteAsync("DELETE FROM users WHERE legacy_id IS NOT NULL; DELETE FROM erased_imports");
        await stage.Data(Data).ExecuteAsync("VACUUM FULL users, imported_users");
        var beside = RunAsync("the first run, with 32 connections of `me`");
        var loads = new List<Load>();
        while (!beside.IsCompleted)
        {
            loads.Add(await MeAsync(server, stage.Seconds));
        }
        await beside;
        var me = loads[loads.Count / 2];
        results.Add("import: `me` while 1,000,000 users move in, against quiet `me`", "", me, quiet.PerSecond);
        results.Note("import", $"- {first}\n- {again}\n- {await beside}");
    }

    private Task<Load> MeAsync(Child server, int seconds) => Load.RunAsync("me.lua", server.Address, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"), ("SESSIONS", "1000"));

    private async Task WriteAsync()
    {
        await using var writer = new StreamWriter(File);
        await writer.WriteLineAsync("id,username,email,email_verified,password,is_active,first_name,last_name,date_joined,roles");
        for (var n = 1; n <= Users; n++)
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{n},member{n},member{n}@example.test,{(n % 10 == 0 ? "false" : "true")},{Hash},true,Ann,Lee{n},2020-01-01 00:00:00,{(n % 1000 == 0 ? "staff" : "")}"));
        }
    }

    /// <returns>what is to be told of it</returns>
    private async Task<string> RunAsync(string name)
    {
        var report = Path.Combine(stage.Root, "bench", "out", "import-report.csv");
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(stage.Command(Data, "import", "csv", File, "--roles", "staff=editor", "--report", report))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var progress = process.StandardError.ReadToEndAsync();
        var memory = new List<double>();
        while (!process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            memory.Add(Resident(process.Id));
        }
        var seconds = clock.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await progress}");
        }
        results.AddValue($"import: {name}, users a second", "", "/s", Users / seconds);
        var steps = Enumerable.Range(0, 10).Select(step => memory[(memory.Count - 1) * step / 9]).Select(mb => mb.ToString("F0", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"import, {name}: {seconds:F0} s, {Users / seconds:F0} users a second; resident memory at ten steps, MB: {string.Join(", ", steps)}. {(await output).Trim().Split('\n')[0]}");
    }

    private static double Resident(int id)
    {
        try
        {
            var line = System.IO.File.ReadLines($"/proc/{id}/status").First(status => status.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
