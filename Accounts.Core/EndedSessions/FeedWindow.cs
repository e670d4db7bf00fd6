namespace Accounts.Core.EndedSessions;

/// <summary>What a process remembers of the feed; another object whenever there is something new.</summary>
/// <param name="Origin">of which feed</param>
/// <param name="From">entries behind this number are all among them</param>
/// <param name="Entries">the newest, in their order</param>
/// <param name="Last">the number up to which it has read</param>
public sealed record FeedWindow(Guid Origin, long From, FeedEntry[] Entries, long Last)
{
    /// <summary>For who follows without a pause, a second is much; who comes later asks the database.</summary>
    private const int Most = 5_000;

    /// <summary>With what has come; the oldest go.</summary>
    public FeedWindow With(FeedEntry[] entries)
    {
        FeedEntry[] all = [.. Entries, .. entries];
        return all.Length <= Most
            ? this with { Entries = all, Last = entries[^1].Number }
            : this with { From = all[^(Most + 1)].Number, Entries = all[^Most..], Last = entries[^1].Number };
    }

    /// <summary>Those behind a number, <see cref="FeedTable.Most"/> of them at most; null where they are not all here.</summary>
    public FeedEntry[]? After(long number)
    {
        if (number < From)
        {
            return null;
        }
        var start = Entries.Length;
        while (start > 0 && Entries[start - 1].Number > number)
        {
            start--;
        }
        return Entries[start..Math.Min(Entries.Length, start + FeedTable.Most)];
    }
}
