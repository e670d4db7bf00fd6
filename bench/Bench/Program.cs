using System.Globalization;
using Bench;

// Usage: bench/run [SECONDS a measurement] [ROUNDS] [FIGURE...]. Everything on loopback, on an ordinary disk, with PostgreSQL's default durability.
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;

await using var stage = await Stage.SetAsync(seconds, withLarge: args.Length < 3 || args.Contains("growth") || args.Contains("administration"));
var results = new Results(rounds, seconds);
(string Name, Func<Task> Measure)[] all =
[
    ("reads", () => new Reads(stage, results).MeasureAsync()),
    ("refreshes", () => new Refreshes(stage, results).MeasureAsync()),
    ("logins", () => new Logins(stage, results).MeasureAsync()),
    ("growth", () => new Growth(stage, results).MeasureAsync()),
    ("administration", () => new Administration(stage, results).MeasureAsync()),
    ("import", () => new Importing(stage, results).MeasureAsync()),
    ("mails", () => new Mails(stage, results).MeasureAsync()),
    ("footprint", () => new Footprint(stage, results).MeasureAsync()),
];
var asked = all.Where(figure => args.Length < 3 || args[2..].Contains(figure.Name)).ToList();
for (var round = 1; round <= rounds; round++)
{
    Console.WriteLine($"Round {round} of {rounds}");
    foreach (var (_, measure) in asked)
    {
        await measure();
    }
}
// Some of the figures are for trying something out; the record has all.
if (asked.Count == all.Length)
{
    await results.WriteAsync(Path.Combine(stage.Root, "bench", "RESULTS.md"));
}
