using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Accounts.Api.Docs;

namespace Bench;

/// <summary>Collects figures over the rounds and writes their medians above what was written by hand.</summary>
internal sealed class Results(int rounds, int seconds)
{
    /// <summary>What stands below this line stays.</summary>
    private const string ByHand = "<!-- Below this line by hand; above it by bench/run. -->";

    private readonly Dictionary<string, Figure> figures = [];
    private readonly Dictionary<string, string> notes = [];
    private readonly string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private sealed record Figure(string Name, string Aim, string Unit, List<(Load Load, double Reference)> Rounds)
    {
        public bool HasRatio => Rounds[0].Reference > 0;

        public double Bad => Rounds.Sum(round => round.Load.Bad);

        public IEnumerable<double> Ratios => Rounds.Select(round => round.Load.PerSecond / round.Reference);

        public double PerSecond => Median(Rounds.Select(round => round.Load.PerSecond));

        public double Reference => Median(Rounds.Select(round => round.Reference));

        public TimeSpan? Latency(Func<Load, TimeSpan?> percentile)
        {
            var all = Rounds.Select(round => percentile(round.Load)?.TotalMilliseconds).OfType<double>().ToList();
            return all.Count > 0 ? TimeSpan.FromMilliseconds(Median(all)) : null;
        }
    }

    public void Add(string name, string aim, Load load, double reference, string unit = "/s")
    {
        if (!figures.TryGetValue(name, out var figure))
        {
            figures[name] = figure = new Figure(name, aim, unit, []);
        }
        figure.Rounds.Add((load, reference));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name}: {load.PerSecond:F1}{unit}{(reference > 0 ? $" of {reference:F0} = {load.PerSecond / reference:F2}" : "")} {Words(load.P50)} {Words(load.P99)} bad {load.Bad}"));
    }

    public void AddRatio(string name, string aim, string unit, double value, double reference) => Add(name, aim, new Load(value, 1, null, null, 0), reference, unit);

    public void AddValue(string name, string aim, string unit, double value) => AddRatio(name, aim, unit, value, 0);

    public void AddWork(string act, Load load, TableWork work)
    {
        var requests = load.Requests;
        var rows = Math.Max(1, work.Updated);
        Note(act, string.Create(CultureInfo.InvariantCulture,
            $"- database work of {act}: {work.Updated / requests:F2} rows updated, {100 * work.Hot / rows:F1}% of them HOT, {work.Inserted / requests:F2} inserted; {work.Wal / rows:F0} bytes of WAL a row (last round)"));
    }

    public void Note(string name, string text) => notes[name] = text;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public async Task WriteAsync(string file)
    {
        var text = new StringBuilder();
        text.AppendLine("# Measured").AppendLine();
        text.AppendLine(Table("bench/run")).Append(await ByHandAsync(file));
        await File.WriteAllTextAsync(file, text.ToString());
    }

    /// <summary>What is measured alone has a part of its own below the line, which only the next such run writes anew.</summary>
    public async Task WriteAloneAsync(string file, string name, string title)
    {
        var (begin, end) = ($"<!-- {name}: by bench/run. -->", $"<!-- {name}: to here. -->");
        var part = $"{begin}\n## {title}\n\n{Table($"bench/run {seconds} {rounds} {name}")}{end}\n";
        var old = await File.ReadAllTextAsync(file);
        var (from, to) = (old.IndexOf(begin, StringComparison.Ordinal), old.IndexOf(end, StringComparison.Ordinal));
        var at = old.IndexOf(ByHand, StringComparison.Ordinal) + ByHand.Length + 1;
        await File.WriteAllTextAsync(file, from < 0 ? $"{old[..at]}\n{part}{old[at..]}" : $"{old[..from]}{part}{old[(to + end.Length + 1)..]}");
    }

    private string Table(string command)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"By `{command}` on {DateTime.UtcNow:yyyy-MM-dd}, {Commits()}: {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; {rounds} {(rounds == 1 ? "round" : "rounds")} of {seconds} s; load average when it began {load}.");
        text.AppendLine("Server, PostgreSQL and load share the cores. A ratio is taken within a round, where it has a ceiling against the mean of a run of it before and one after; the table has medians, and the range of the ratios. *Against* is what the ratio is taken of, in the same unit.").AppendLine();
        text.AppendLine("| figure | aim | ratio | range | measured | against | p50 | p99 | bad answers |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var figure in figures.Values)
        {
            text.AppendLine(Row(figure));
        }
        if (notes.Count > 0)
        {
            text.AppendLine().AppendJoin('\n', notes.Values).AppendLine();
        }
        return text.ToString();
    }

    private static string Row(Figure figure)
    {
        var ratios = figure.Ratios.ToList();
        var ratio = figure.HasRatio ? string.Create(CultureInfo.InvariantCulture, $"**{Median(ratios):F2}** | {ratios.Min():F2} to {ratios.Max():F2}") : " | ";
        return string.Create(CultureInfo.InvariantCulture,
            $"| {figure.Name} | {figure.Aim} | {ratio} | {Words(figure.PerSecond, figure.Unit)} | {(figure.HasRatio ? Words(figure.Reference, figure.Unit) : "")} | {Words(figure.Latency(load => load.P50))} | {Words(figure.Latency(load => load.P99))} | {figure.Bad} |");
    }

    private static string Words(double value, string unit) => $"{value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture)} {unit}";

    private static string Words(TimeSpan? latency) => latency switch
    {
        null => "",
        { TotalMilliseconds: < 10 } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalMilliseconds:F2} ms"),
        { } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalMilliseconds:F0} ms"),
    };

    /// <summary>As <c>bench/run</c> says.</summary>
    private static string Commits() => (Environment.GetEnvironmentVariable("BENCH_COMMIT"), Environment.GetEnvironmentVariable("BENCH_BEFORE")) switch
    {
        (null or "", _) => "of an unknown commit",
        ({ } now, null or "") => $"of {now}",
        ({ } now, { } before) => $"of {now}, and {before} before",
    };

    private static async Task<string> ByHandAsync(string file)
    {
        var old = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        var start = old.IndexOf(ByHand, StringComparison.Ordinal);
        return $"\n{(start < 0 ? ByHand + "\n" : old[start..])}";
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";
}
