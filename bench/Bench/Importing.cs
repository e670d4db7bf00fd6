using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>1,000,000 users moving in by <c>import csv</c>, what it costs in memory, what `me` does meanwhile, and a second run.</summary>
internal sealed class Importing(Stage stage, Results results)
{
    private const string Data = "bench_import";
    private const int Users = 1_000_000, AtATime = 1_000, Times = 5;

    /// <summary>Into tables of the same columns, indexes and constraints.</summary>
    private const string Copy = """
        CREATE TABLE bound_users (LIKE users INCLUDING ALL) WITH (fillfactor = 90);
        CREATE TABLE bound_imported (LIKE imported_users INCLUDING ALL, FOREIGN KEY (user_id) REFERENCES bound_users ON DELETE CASCADE);
        INSERT INTO bound_users SELECT users.* FROM users JOIN imported_users ON user_id = id;
        INSERT INTO bound_imported SELECT * FROM imported_users
        """;

    /// <summary>By the ids they had there, as many at a time as the import takes.</summary>
    private static readonly string Find = $"""
        DO $$ BEGIN FOR part IN 0..{(Users / AtATime) - 1} LOOP
          PERFORM count(password_hash), count(came) FROM users JOIN imported_users ON user_id = id
          WHERE legacy_id = ANY (ARRAY(SELECT n::text FROM generate_series(part * {AtATime} + 1, (part + 1) * {AtATime}) n));
        END LOOP; END $$
        """;

    /// <summary>As old ones are; nothing of it is computed.</summary>
    private const string Hash = "pbkdf2_sha256$260000$tyyu5l8rxJAfmxd2nfOrJV$4STzgUQbz1UeWZrgIIw1DP00RifVmwoYSZ37Z1XzsEo=";

    private string File => Path.Combine(stage.Root, "bench", "out", "import.csv");

    public async Task MeasureAsync()
    {
        await WriteAsync();
        var (quiet, told) = await RunBothAsync();
        await BesideAsync(quiet);
        results.Note("import", string.Join('\n', told));
    }

    /// <summary>Onto a thousand users, and once more when all are there.</summary>
    /// <returns>`me` before it, a second, and what is to be told</returns>
    private async Task<(double Quiet, string[] Told)> RunBothAsync()
    {
        await stage.CopyAsync(Stage.Small, Data);
        await using var server = await stage.ServerAsync(Data);
        await MeAsync(server, Load.WarmUp);
        var quiet = await MeAsync(server, stage.Seconds);
        return (quiet.PerSecond,
        [
            await RunAsync("the first run", "PostgreSQL alone copying the finished rows", Copy),
            await RunAsync("a second run, where nothing has changed", "PostgreSQL alone finding them", Find),
        ]);
    }

    /// <returns>users a second</returns>
    private async Task<double> AloneAsync(string statements)
    {
        await stage.Data(Data).CheckpointAsync();
        var clock = Stopwatch.StartNew();
        await stage.Data(Data).ExecuteAsync(statements);
        var seconds = clock.Elapsed.TotalSeconds;
        await stage.Data(Data).ExecuteAsync("DROP TABLE IF EXISTS bound_imported, bound_users");
        return Users / seconds;
    }

    /// <summary>Onto a thousand users again, for as long as `me` is measured; with both cores taken it would go on for long.</summary>
    private async Task BesideAsync(double quiet)
    {
        await stage.CopyAsync(Stage.Small, Data);
        await using var server = await stage.ServerAsync(Data);
        await MeAsync(server, Load.WarmUp);
        using var import = Start();
        while (await stage.Data(Data).ScalarAsync("SELECT count(*) FROM imported_users") == 0 && !import.HasExited)
        {
            await Task.Delay(200);
        }
        var loads = new List<Load>();
        for (var time = 0; time < Times; time++)
        {
            loads.Add(await MeAsync(server, stage.Seconds));
        }
        var isWhole = !import.HasExited;
        import.Kill();
        await import.WaitForExitAsync();
        if (!isWhole)
        {
            throw new InvalidOperationException("The import was over before `me` was measured.");
        }
        results.Add(
            $"import: `me` while users move in, against quiet `me` (the middle one of {Times} measurements)", "",
            loads.OrderBy(load => load.PerSecond).ElementAt(Times / 2) with { Bad = loads.Sum(load => load.Bad) }, quiet);
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

    private Process Start() => Process.Start(stage.Command(Data, "import", "csv", File, "--roles", "staff=editor", "--report", Path.Combine(stage.Root, "bench", "out", "import-report.csv")))!;

    /// <returns>what is to be told of it</returns>
    private async Task<string> RunAsync(string name, string bound, string statements)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var progress = process.StandardError.ReadToEndAsync();
        var memory = new List<double>();
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            memory.Add(Resident(process.Id));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(1)));
        }
        var seconds = clock.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await progress}");
        }
        results.AddRatio($"import: {name}, users a second, against {bound}", "", "/s", Users / seconds, await AloneAsync(statements));
        var steps = Enumerable.Range(0, 10).Select(step => memory[(memory.Count - 1) * step / 9].ToString("F0", CultureInfo.InvariantCulture));
        var told = (await output).Trim().Split('\n')[0];
        return string.Create(CultureInfo.InvariantCulture, $"- {name}: {seconds:F0} s, {Users / seconds:F0} users a second; resident memory at ten moments from its beginning to its end, MiB: {string.Join(", ", steps)} (at most {memory.Max():F0}). {told}");
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
