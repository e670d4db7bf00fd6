using System.Globalization;
using System.Runtime.CompilerServices;

namespace Faults;

/// <summary>The table in docs/reliability.md.</summary>
internal static class Report
{
    private const string Begin = "<!-- By bench/faults, from here -->", BeginSoak = "<!-- By bench/faults soak, from here -->", End = "<!-- to here. -->";

    public static string Row(Outcome outcome, Setting setting)
    {
        var j = outcome.Journal;
        var recovery = outcome.Failure ?? string.Create(CultureInfo.InvariantCulture, $"{outcome.Recovery.TotalSeconds:0.0} s");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {outcome.Fault} | {DateTime.UtcNow:yyyy-MM-dd} | {outcome.PerSecond:0} /s | {j.Acknowledged} | {j.Lost} | {j.Doubled} | {j.Wrong} | {j.SignedOut} | {j.Unavailable} | {j.ProxyErrors} | {recovery} | {(outcome.IsGood(setting) ? "yes" : "**no**")}{(j.Skewed > 0 ? $"; {j.Skewed} access tokens refused by the other clock, each mended by a refresh" : "")} |");
    }

    /// <summary>Puts the rows of what was tried in place of theirs; those of the rest stay as they were measured.</summary>
    public static Task WriteAsync(IEnumerable<Scenario> all, IReadOnlyDictionary<string, string> rows) => ReplaceAsync(Begin, former =>
    {
        var table = all.Select(scenario => rows.GetValueOrDefault(scenario.Name) ?? former.Split('\n').FirstOrDefault(row => row.StartsWith($"| {scenario.Fault} |", StringComparison.Ordinal))).OfType<string>();
        return $"""
            | fault | measured | load | acknowledged | lost | doubled | wrong answers | signed out | 503 | errors of the proxy | time to recover | as promised |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            {string.Join('\n', table)}
            """;
    });

    public static Task WriteSoakAsync(string table) => ReplaceAsync(BeginSoak, _ => table);

    private static async Task ReplaceAsync(string begin, Func<string, string> change)
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "reliability.md");
        var text = await File.ReadAllTextAsync(file);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(End, from, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, $"{text[..from]}\n\n{change(text[from..to])}\n\n{text[to..]}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
