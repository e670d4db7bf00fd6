namespace Accounts.Core.Passwords.Hashing;

/// <summary>Leave to hash, taken before anything is counted or looked up at cost; given back when disposed unused.</summary>
public sealed class HashingPlace : IDisposable
{
    private readonly HashingPool pool;
    private readonly Device device;
    private readonly int hashes;
    private bool waiting = true;

    internal HashingPlace(HashingPool pool, Device device, int hashes) => (this.pool, this.device, this.hashes) = (pool, device, hashes);

    /// <summary>Runs the work on one of the pool's threads, unless the caller has gone by then.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var job = new HashingJob<T>(Begin, work, cancellation);
        pool.Enqueue(device, job);
        return job.Result;
    }

    private void Begin()
    {
        if (waiting)
        {
            waiting = false;
            pool.Free(device, hashes);
        }
    }

    public void Dispose() => Begin();
}
