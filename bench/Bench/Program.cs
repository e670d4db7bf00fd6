using System.Globalization;
using Bench;

// Usage: bench/run [SECONDS a measurement] [ROUNDS]. Everything on loopback, on an ordinary disk, with PostgreSQL's default durability.
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;

await using var stage = await Stage.SetAsync(seconds);
var results = new Results(rounds, seconds);
for (var round = 1; round <= rounds; round++)
{
    Console.WriteLine($"Round {round} of {rounds}");
    await new Reads(stage, results).MeasureAsync();
    await new Refreshes(stage, results).MeasureAsync();
    await new Logins(stage, results).MeasureAsync();
    await new Growth(stage, results).MeasureAsync();
    await new Mails(stage, results).MeasureAsync();
    await new Footprint(stage, results).MeasureAsync();
}
await results.WriteAsync(Path.Combine(stage.Root, "bench", "RESULTS.md"));
