using System.Diagnostics;
using System.Globalization;

namespace Faults;

/// <summary>A quarter of an hour of nothing but people: what each stretch of it cost, by which is seen whether anything grows.</summary>
internal static class Soak
{
    public const string Name = "soak";
    private const string Header = """
        | minutes | requests | memory of the two nodes | `me`, median / 99 % | refresh, median / 99 % | users | sessions | security events | mails |
        |---|---|---|---|---|---|---|---|---|
        """;

    private static readonly string[] Tables = ["users", "sessions", "security_events", "outbox_messages"];

    public static async Task<string> RunAsync(string program, TimeSpan stretch, int stretches)
    {
        await using var stage = await Stage.BuildAsync(new Setting { Relay = (0, 0) }, program);
        var rows = new List<string>();
        for (var n = 1; n <= stretches; n++)
        {
            var (from, before) = (Stopwatch.GetTimestamp(), stage.Journal.Requests);
            await Task.Delay(stretch);
            var sizes = new List<string>();
            foreach (var table in Tables)
            {
                sizes.Add((string)(await stage.Primary.ScalarAsync(
                    $"SELECT count(*) || ' of ' || pg_table_size('{table}') / greatest(count(*), 1) || ' B' FROM {table}"))!);
            }
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {n * stretch.TotalMinutes:0.#} | {stage.Journal.Requests - before} | {string.Join(" + ", stage.Nodes.Select(node => node.ResidentMegabytes))} MB | {Times(stage, "GET me/", from)} | {Times(stage, "POST token/refresh/", from)} | {string.Join(" | ", sizes)} |"));
            Console.WriteLine(rows[^1]);
        }
        await stage.Load.EndAsync(stage.Mailboxes);
        var journal = stage.Journal;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Header}\n{string.Join('\n', rows)}\n\nMeasured {DateTime.UtcNow:yyyy-MM-dd}; {journal.Acknowledged} acknowledged, {journal.Lost} lost, {journal.Doubled} doubled, {journal.Wrong} wrong, {journal.SignedOut} signed out, {journal.Unavailable + journal.ProxyErrors} errors.");
    }

    private static string Times(Stage stage, string request, long since)
    {
        var times = stage.Journal.Times(request, since).Order().ToArray();
        return times.Length == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{times[times.Length / 2].TotalMilliseconds:0.0} / {times[times.Length * 99 / 100].TotalMilliseconds:0.0} ms");
    }
}
