namespace Accounts.Core.Security;

/// <summary>How much of everything one network, address or identifier may ask for: section <c>Accounts:Throttling</c>.</summary>
public sealed class ThrottlingOptions
{
    /// <summary>Off only for tests and replays.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Password hashes that may wait for a thread; a quarter of the places is kept for known devices.</summary>
    public int HashQueueLength { get; set; } = 128;

    /// <summary>Password hashes that one network (/24 or /64) may have waiting.</summary>
    public int HashesWaitingPerNetwork { get; set; } = 2;
}
