using Accounts.Core.Sessions;

namespace Accounts.Core.Security;

/// <summary>Leave to hash, taken before anything is counted or looked up at cost; given back when disposed unused.</summary>
public sealed class HashingPlace : IDisposable
{
    private readonly HashingPool pool;
    private readonly Device device;
    private bool waiting = true;

    internal HashingPlace(HashingPool pool, Device device) => (this.pool, this.device) = (pool, device);

    /// <summary>Runs the work on one of the pool's threads, unless the caller has gone by then.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.Enqueue(device, () =>
        {
            Begin();
            Complete(result, work, cancellation);
        });
        return result.Task;
    }

    private void Begin()
    {
        if (waiting)
        {
            waiting = false;
            pool.Free(device);
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            result.SetResult(work());
        }
        catch (OperationCanceledException)
        {
            result.SetCanceled(cancellation);
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }

    public void Dispose() => Begin();
}
