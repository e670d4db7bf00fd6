namespace Accounts.Core.Throttling;

/// <summary>How often something happened lately. The key is a hash: the table names nobody.</summary>
public sealed class ThrottleCounter
{
    private ThrottleCounter()
    {
    }

    public byte[] Key { get; private set; } = [];

    public int Count { get; private set; }

    public DateTimeOffset? BlockedUntil { get; private set; }

    /// <summary>After this it says nothing any more and may be swept.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
}
