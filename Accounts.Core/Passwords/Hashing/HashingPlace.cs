namespace Accounts.Core.Passwords.Hashing;

/// <summary>Leave to hash, taken before anything is counted or looked up at cost; given back when disposed unused.</summary>
public sealed class HashingPlace : IDisposable
{
    private readonly HashingPool pool;
    private readonly Device device;
    private bool waiting = true;

    internal HashingPlace(HashingPool pool, Device device) => (this.pool, this.device) = (pool, device);

    /// <summary>Runs the work on one of the pool's threads, unless the caller has gone by then.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) => Queue(new HashingJob<T>(Begin, work, cancellation));

    /// <summary>The same for a key from a password, together with others who wait for theirs.</summary>
    public Task<byte[]> DeriveAsync(PasswordDerivation asked, CancellationToken cancellation) => Queue(new DerivationJob(Begin, asked, cancellation));

    private Task<T> Queue<T>(HashingJob<T> job)
    {
        pool.Enqueue(device, job);
        return job.Result;
    }

    private void Begin()
    {
        if (waiting)
        {
            waiting = false;
            pool.Free(device);
        }
    }

    public void Dispose() => Begin();
}
