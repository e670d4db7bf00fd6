namespace Accounts.Core.Restoring;

/// <summary>That a backup was put back, and what had to die with it; as long as it is not finished, no server starts.</summary>
public sealed class Restore
{
    private Restore()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>By the database's clock, as is the end.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }
}
