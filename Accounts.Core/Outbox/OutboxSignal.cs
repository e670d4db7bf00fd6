namespace Accounts.Core.Outbox;

/// <summary>
/// Wakes the lanes of this process when it has committed a message. Those of others poll: a notification by the database
/// would hold one lock over every commit that queues a message.
/// </summary>
public sealed class OutboxSignal
{
    private readonly SemaphoreSlim pending = new(0, 1);

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => pending.WaitAsync(atMost, cancellation);

    /// <summary>Lets one who waits look into the outbox.</summary>
    public void Wake()
    {
        try
        {
            pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has been woken already and has not looked yet.
        }
    }
}
