namespace Accounts.Core.Housekeeping;

/// <summary>How far the walk over a table has come, and when it goes on. All nodes share it: who holds the row walks.</summary>
public sealed class Sweep
{
    private Sweep()
    {
    }

    public string Table { get; private set; } = "";

    /// <summary>Where the next stretch begins.</summary>
    public long Page { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Rows removed since the walk began.</summary>
    public long Removed { get; private set; }
}
