namespace Accounts.Core.MailRequests;

/// <summary>What waits to be worked off: this process wakes its worker when it has added something, and each look tells how much there is.</summary>
public sealed class MailRequestBacklog : WakeSignal
{
    public const int Most = 10_000;

    private volatile bool isFull;

    public bool IsFull => isFull;

    public void Report(long waiting) => isFull = waiting >= Most;
}
