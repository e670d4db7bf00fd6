namespace Accounts.Core.History;

/// <summary>That the history went up to a number and a link at a time, signed. The oldest that is kept is where the kept part of the history begins.</summary>
public sealed class SignedHead
{
    private SignedHead()
    {
    }

    public long Number { get; private set; }

    /// <summary>For housekeeping alone; what counts is signed.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>A <see cref="ChainHead"/>.</summary>
    public string Jws { get; private set; } = "";
}
