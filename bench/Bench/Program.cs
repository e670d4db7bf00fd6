using System.Globalization;
using Bench;

// Usage: bench/run [SECONDS a measurement] [ROUNDS] [FIGURE...]. Everything on loopback, on an ordinary disk, with PostgreSQL's default durability.
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;

const string Cached = "cached-growth";
await using var stage = await Stage.SetAsync(
    seconds, withLarge: args.Length < 3 || args.Intersect(["growth", "administration", Cached]).Any(), cache: args.Contains(Cached) ? "2GB" : null);
var results = new Results(rounds, seconds);
(string Name, Func<Task> Measure)[] together =
[
    ("reads", () => new Reads(stage, results).MeasureAsync()),
    ("refreshes", () => new Refreshes(stage, results).MeasureAsync()),
    ("before", () => new Before(stage, results).MeasureAsync()),
    ("logins", () => new Logins(stage, results).MeasureAsync()),
    ("signins", () => new SignIns(stage, results).MeasureAsync()),
    ("sessions", () => new SessionMode(stage, results).MeasureAsync()),
    ("growth", () => new Growth(stage, results).MeasureAsync()),
    ("feed", () => new Feed(stage, results).MeasureAsync()),
    ("mails", () => new Mails(stage, results).MeasureAsync()),
    ("webhooks", () => new Webhooks(stage, results).MeasureAsync()),
    ("footprint", () => new Footprint(stage, results).MeasureAsync()),
];
// Each takes minutes, is run alone, and has a record of its own.
(string Name, string Title, Func<Task> Measure)[] alone =
[
    (Cached, "Growth, with a larger cache of PostgreSQL's", () => new Growth(stage, results).MeasureReadsAsync()),
    ("administration", "Administration of a million users", () => new Administration(stage, results).MeasureAsync()),
    ("import", "A million users moving in", () => new Importing(stage, results).MeasureAsync()),
    ("foreign", "Signing in by hashes of somewhere else", () => new ForeignLogins(stage, results).MeasureAsync()),
];
var recorded = alone.FirstOrDefault(figure => args.Length == 3 && args[2] == figure.Name);
var asked = recorded.Name is not null ? [(recorded.Name, recorded.Measure)] : together.Where(figure => args.Length < 3 || args[2..].Contains(figure.Name)).ToArray();
for (var round = 1; round <= rounds; round++)
{
    Console.WriteLine($"Round {round} of {rounds}");
    foreach (var (_, measure) in asked)
    {
        // What one leaves behind is none of the next one's.
        await Seed.ResetSessionsAsync(stage.Data(Stage.Small));
        await measure();
    }
}
var file = Path.Combine(stage.Root, "bench", "RESULTS.md");
if (recorded.Name is not null)
{
    await results.WriteAloneAsync(file, recorded.Name, recorded.Title);
}
// Some of the figures are for trying something out; the record has all.
else if (asked.Length == together.Length)
{
    await results.WriteAsync(file);
}
