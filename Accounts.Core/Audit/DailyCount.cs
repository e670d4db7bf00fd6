namespace Accounts.Core.Audit;

/// <summary>How often something happened on a day: kept for longer than the events, and counted where they are numbered or tallied, so that no sign-in waits for it.</summary>
public sealed class DailyCount
{
    /// <summary>What is counted where it gets its number; each is one event.</summary>
    internal static readonly string[] Numbered = [SecurityEvent.Word(SecurityEventKind.Registered), SecurityEvent.Word(SecurityEventKind.SignedIn)];

    /// <summary>What is counted where it is tallied, for its rows grow after they have their numbers.</summary>
    internal static readonly string[] Tallied = [SecurityEvent.Word(SecurityEventKind.SignInFailed), SecurityEvent.Word(SecurityEventKind.SecondFactorFailed)];

    private DailyCount()
    {
    }

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; private set; }

    public SecurityEventKind Kind { get; private set; }

    public long Count { get; private set; }

    /// <summary>A part of a statement.</summary>
    /// <param name="source">what has <c>at</c>, <c>kind</c> and <c>count</c></param>
    /// <param name="kinds">the parameter that has the words of those that are counted</param>
    internal static string AddSql(string source, string kinds) => $"""
        INSERT INTO daily_counts (day, kind, count)
        SELECT (at AT TIME ZONE 'UTC')::date, kind, sum(count) FROM {source} WHERE kind = ANY ({kinds}) GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (day, kind) DO UPDATE SET count = daily_counts.count + EXCLUDED.count
        """;
}
