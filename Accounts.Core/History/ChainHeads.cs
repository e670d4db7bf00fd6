namespace Accounts.Core.History;

/// <summary>The heads that are kept, the oldest first, and what is wrong with them by themselves.</summary>
internal sealed class ChainHeads
{
    private readonly Dictionary<long, ChainHead> byNumber = [];

    private ChainHeads()
    {
    }

    /// <summary>Where the kept part of the history begins; null where nothing says so.</summary>
    public ChainHead? First { get; private set; }

    /// <summary>How far it is signed.</summary>
    public ChainHead? Newest { get; private set; }

    public List<HistoryFinding> Findings { get; } = [];

    /// <param name="rows">as they stand there, by number</param>
    /// <param name="open">a head of ours</param>
    /// <param name="now">by the database's clock</param>
    public static ChainHeads Of(IEnumerable<(long Number, string Jws)> rows, Func<string, ChainHead?> open, DateTimeOffset now)
    {
        var heads = new ChainHeads();
        foreach (var (number, jws) in rows)
        {
            if (open(jws) is { } head && head.Number == number)
            {
                heads.Add(head, now);
            }
            else
            {
                heads.Findings.Add(HistoryFinding.Forged(number));
            }
        }
        return heads;
    }

    public ChainHead? At(long number) => byNumber.GetValueOrDefault(number);

    private void Add(ChainHead head, DateTimeOffset now)
    {
        if (Newest is { } before)
        {
            if (head.After != before.Number)
            {
                Findings.Add(head.After is { } after ? HistoryFinding.HeadMissing(head.Number, after) : HistoryFinding.BegunAgain(head));
            }
        }
        else if (head.After is not null && head.At + HeadSigning.KeptFor > now)
        {
            Findings.Add(HistoryFinding.HeadsMissing(head));
        }
        First ??= head;
        Newest = head;
        byNumber[head.Number] = head;
    }
}
