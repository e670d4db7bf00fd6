namespace Accounts.Core;

/// <summary>Wakes a worker of this process when there is something to do.</summary>
public abstract class WakeSignal
{
    private readonly SemaphoreSlim pending = new(0, 1);

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => pending.WaitAsync(atMost, cancellation);

    /// <summary>Lets one who waits look for work.</summary>
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
