using Accounts.Core.Audit;

namespace Accounts.Core.History;

/// <summary>One round through the history: what has been gone through, and what was found.</summary>
internal sealed class HistoryAudit
{
    /// <summary>Whoever has written everything anew has left as much as there is.</summary>
    private const int MostTold = 100;

    private readonly List<HistoryFinding> findings = [];
    private readonly ChainHeads heads;
    private readonly ChainHead? given;
    private readonly ChainWalk walk;
    private long events, erased, wrong;

    /// <param name="heads">that are kept</param>
    /// <param name="origin">where it begins if none of them says so</param>
    /// <param name="given">a head that is to be compared; null for none</param>
    /// <param name="open">a head of ours</param>
    public HistoryAudit(ChainHeads heads, long origin, string? given, Func<string, ChainHead?> open)
    {
        this.heads = heads;
        walk = new ChainWalk(heads.First?.Number ?? origin, heads.First?.Link ?? EventHash.Origin);
        heads.Findings.ForEach(Find);
        this.given = given is null ? null : open(given);
        if (given is not null && this.given is null)
        {
            Find(new HistoryFinding("head_forged", 0, 0, "The head that was given is not signed by a key of this server."));
        }
        Begin();
    }

    /// <summary>Of the last event that was gone through.</summary>
    public long Number => walk.Number;

    /// <summary>Whose part of an event is gone.</summary>
    public static IEnumerable<Guid> Lacking(LinkedEvent row)
    {
        if (row is { Salt: null, FieldsHash: not null })
        {
            yield return row.Entry.UserId;
        }
        if (row is { ActorSalt: null, ActorFieldsHash: not null })
        {
            // Of an operator, who is nobody, nothing is ever erased.
            yield return row.Entry.ActorId ?? Guid.Empty;
        }
    }

    public void Find(HistoryFinding finding)
    {
        wrong++;
        if (findings.Count < MostTold)
        {
            findings.Add(finding);
        }
    }

    /// <param name="part">the events that come next</param>
    /// <param name="gone">who of those that lack something was erased</param>
    public void Go(List<LinkedEvent> part, HashSet<Guid> gone)
    {
        foreach (var row in part)
        {
            events++;
            foreach (var finding in walk.Step(row))
            {
                Find(finding);
            }
            var lacking = Lacking(row).ToArray();
            erased += lacking.Length > 0 ? 1 : 0;
            if (!lacking.All(gone.Contains))
            {
                Find(HistoryFinding.NotErased(row.Number));
            }
            else if (!row.IsBare)
            {
                Find(HistoryFinding.Refilled(row.Number));
            }
            Compare();
        }
    }

    /// <param name="end">the number that the chain ends with</param>
    /// <param name="link">its link; null where nothing tells</param>
    /// <param name="last">the greatest number that there is</param>
    public void Finish(long end, byte[]? link, long last)
    {
        if (walk.Number < end)
        {
            Find(HistoryFinding.Cut(walk.Number, end, "event_chain says that there were more"));
        }
        else if (link is not null && walk.Number == end && !walk.Link.AsSpan().SequenceEqual(link))
        {
            Find(HistoryFinding.WrongEnd(end));
        }
        if (last > end)
        {
            Find(HistoryFinding.Added(end, last));
        }
        foreach (var head in new[] { heads.Newest, given }.OfType<ChainHead>().DistinctBy(head => head.Number).Where(head => head.Number > Math.Max(walk.Number, end)))
        {
            Find(HistoryFinding.Cut(walk.Number, head.Number, $"at {HistoryFinding.Time(head)} a server signed {head.Number}"));
        }
    }

    public HistoryReport Report(long end, DateTimeOffset? restored) => new(heads.First, end, heads.Newest, events, erased, given, restored, findings, wrong);

    /// <summary>Of what was signed for where it begins there is no event to compare.</summary>
    private void Begin()
    {
        if (given is null)
        {
            return;
        }
        if (given.Number < walk.Number)
        {
            Find(new HistoryFinding("head_too_old", given.Number, given.Number, $"The head that was given is for {given.Number}. The history is kept from {walk.Number} on, and nothing tells about what was before."));
        }
        else if (given.Number == walk.Number && !given.IsOf(walk.Link))
        {
            Find(HistoryFinding.Rewritten(given));
        }
    }

    private void Compare()
    {
        if (heads.At(walk.Number) is { } kept && !kept.IsOf(walk.Link))
        {
            Find(HistoryFinding.Rewritten(kept));
        }
        else if (given is not null && given.Number == walk.Number && !given.IsOf(walk.Link))
        {
            Find(HistoryFinding.Rewritten(given));
        }
    }
}
