using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bench;

/// <summary>Collects figures over the rounds and writes their medians.</summary>
internal sealed class Results
{
    private readonly Dictionary<string, List<(Load Load, double Reference)>> figures = [];
    private readonly List<string> notes = [];

    public void Add(string figure, Load load, double reference)
    {
        if (!figures.TryGetValue(figure, out var list))
        {
            figures[figure] = list = [];
        }
        list.Add((load, reference));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure}: {load.PerSecond:F0}/s of {reference:F0}/s = {load.PerSecond / reference:F2}, p50 {load.P50}, p99 {load.P99}, bad {load.Bad}"));
    }

    public void AddWork(Load load, double wal, Updates updates, int seconds)
    {
        var refreshes = load.PerSecond * seconds;
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"- database work of a refresh: {updates.Updated / refreshes:F2} rows updated, {100 * updates.Hot / Math.Max(1, updates.Updated):F1}% of them HOT; {wal / refreshes:F0} bytes of WAL"));
    }

    public void AddProcess(double coldStart, double fresh, double afterLoad) => notes.Add(string.Create(CultureInfo.InvariantCulture,
        $"- cold start to the first 200 with a migrated database {coldStart:F0} ms (median of 3); memory (PSS) {fresh:F0} MiB fresh, {afterLoad:F0} MiB after load"));

    public async Task WriteAsync(string file, int rounds, int seconds)
    {
        var text = new StringBuilder();
        text.AppendLine("# Measured").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"By `bench/run` on {DateTime.UtcNow:yyyy-MM-dd}: {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; {rounds} rounds of {seconds} s.");
        text.AppendLine("Server, PostgreSQL and load share the cores. A ratio is taken within a round, against the mean of a ceiling run before and one after; the table has medians, and the range of the ratios.").AppendLine();
        text.AppendLine("| figure | a second | ratio | range | p50 | p99 | bad answers |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (figure, list) in figures)
        {
            var ratios = list.Select(one => one.Load.PerSecond / one.Reference).Order().ToList();
            var middle = list.OrderBy(one => one.Load.PerSecond).ElementAt(list.Count / 2).Load;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure} | {middle.PerSecond:F0} | **{ratios[ratios.Count / 2]:F2}** | {ratios[0]:F2} to {ratios[^1]:F2} | {middle.P50} | {middle.P99} | {list.Sum(one => one.Load.Bad)} |");
        }
        text.AppendLine().AppendJoin('\n', notes.Distinct()).AppendLine();
        await File.WriteAllTextAsync(file, text.ToString());
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";
}
