using System.Diagnostics;
using Faults;

// bench/faults PUBLISHED BEFORE SMALL_DISK [SCENARIOS]
var published = new Published(args[0], args[1], args[2]);
var all = Scenarios.All(published).ToArray();
var asked = args[3..];
string[] names = [.. all.Select(scenario => scenario.Name), Soak.Name];
if (asked.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no scenario {unknown}; there are {string.Join(", ", names)}.");
    return 2;
}
var rows = new Dictionary<string, string>();
var allGood = true;
foreach (var scenario in all.Where(scenario => asked.Length == 0 || asked.Contains(scenario.Name)))
{
    Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {scenario.Name}: {scenario.Fault}");
    var outcome = await RunAsync(scenario);
    rows[scenario.Name] = Report.Row(outcome, scenario.Setting);
    allGood &= outcome.IsGood(scenario.Setting);
    Console.WriteLine(rows[scenario.Name]);
    await Report.WriteAsync(all, rows);
    foreach (var note in outcome.Journal.Notes.Append(outcome.Failure).OfType<string>().Take(12))
    {
        Console.Error.WriteLine($"  {note}");
    }
}
if (asked.Length == 0 || asked.Contains(Soak.Name))
{
    Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {Soak.Name}: a quarter of an hour of nothing but load");
    await Report.WriteSoakAsync(await Soak.RunAsync(published.Program, TimeSpan.FromMinutes(3), 5));
}
return allGood ? 0 : 1;

async Task<Outcome> RunAsync(Scenario scenario)
{
    var before = TimeSpan.FromSeconds(5);
    var after = TimeSpan.FromSeconds(12);
    await using var stage = await Stage.BuildAsync(scenario.Setting, published.Program);
    await Task.Delay(before);
    string? failure = null;
    try
    {
        await scenario.Act(stage);
    }
    catch (Exception e) when (e is InvalidOperationException or Npgsql.NpgsqlException or IOException)
    {
        failure = e.Message;
    }
    var over = Stopwatch.GetTimestamp();
    await Task.Delay(after);
    // Who lost an answer waits for it until now.
    var recovery = stage.Journal.Recovery(over);
    await stage.Load.EndAsync(stage.Mailboxes);
    for (var i = stage.Mailboxes.Doubled; i > 0; i--)
    {
        stage.Journal.Double("a mail");
    }
    if (stage.Journal.AnsweredSince(over) == 0)
    {
        failure ??= "nothing was answered after it";
    }
    return new Outcome(scenario.Fault, stage.Load.PerSecond, stage.Journal, recovery, failure);
}
