using System.Globalization;
using System.Runtime.CompilerServices;

namespace Faults;

/// <summary>The table in docs/reliability.md.</summary>
internal static class Report
{
    private const string Begin = "<!-- By bench/faults, from here -->", End = "<!-- to here. -->";

    public static string Row(Outcome outcome, Setting setting)
    {
        var j = outcome.Journal;
        var recovery = string.Create(CultureInfo.InvariantCulture, $"{outcome.Recovery.TotalSeconds:0.0} s");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {outcome.Fault} | {outcome.PerSecond:0} /s | {j.Acknowledged} | {j.Lost} | {j.Doubled} | {j.Wrong} | {j.SignedOut} | {j.Unavailable} | {j.ProxyErrors} | {(outcome.Failure is null ? recovery : outcome.Failure)} | {(outcome.IsGood(setting) ? "yes" : "**no**")} |");
    }

    public static async Task WriteAsync(List<(Scenario Scenario, Outcome Outcome)> outcomes)
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "reliability.md");
        var text = await File.ReadAllTextAsync(file);
        var head = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        var rest = text[text.IndexOf(End, StringComparison.Ordinal)..];
        var rows = outcomes.Select(o => Row(o.Outcome, o.Scenario.Setting));
        await File.WriteAllTextAsync(file, $"""
            {head}

            {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, PostgreSQL durable as by default with 5 ms for each commit, two nodes behind HAProxy, 16 people at once and six or seven sign-ups a second.

            | fault | load | acknowledged | lost | doubled | wrong answers | signed out | 503 | errors of the proxy | time to recover | as promised |
            |---|---|---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            {rest}
            """);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
