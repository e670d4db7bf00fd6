namespace Accounts.Core.Audit;

/// <summary>Where the chain of events ends: one row, which whoever numbers moves on in the same statement. So numbers have no holes: what is rolled back takes none.</summary>
public sealed class EventChain
{
    /// <summary>Of the one row.</summary>
    public const int Only = 1;

    private EventChain()
    {
    }

    public int Id { get; private set; }

    /// <summary>The last that was given.</summary>
    public long Number { get; private set; }

    /// <summary>Of the event of that number.</summary>
    public byte[] Link { get; private set; } = [];

    /// <summary>The first event of the chain has the number after it; those of before had theirs from a version that made no chain.</summary>
    public long Origin { get; private set; }
}
