using System.Diagnostics;
using Accounts.Core.Failures;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// Leave to hash, taken before anything is counted or looked up at cost, and given back when disposed. Until then no
/// other hash for the same proven user is in flight.
/// </summary>
public sealed class HashingPlace : IDisposable
{
    private readonly long taken = Stopwatch.GetTimestamp();
    private readonly HashingPool pool;
    private readonly HashingParty party;
    private readonly int hashes;
    private volatile bool waiting = true;
    private bool hasTurn;

    internal HashingPlace(HashingPool pool, HashingParty party, int hashes) => (this.pool, this.party, this.hashes) = (pool, party, hashes);

    /// <summary>For how long it may still wait; what has begun once goes on first, and without a limit.</summary>
    private TimeSpan Left
    {
        get
        {
            var left = HashingPool.Patience - Stopwatch.GetElapsedTime(taken);
            return !pool.HasLimits || !waiting ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Waits until nothing else of this user's is in flight: for what must be looked up after that.</summary>
    /// <exception cref="UnavailableException">it took too long</exception>
    public async Task TurnAsync(CancellationToken cancellation)
    {
        if (hasTurn || party.User is not { } user)
        {
            return;
        }
        hasTurn = await pool.Turns.EnterAsync(user, Left, cancellation);
        if (!hasTurn)
        {
            throw HashingPool.Full();
        }
    }

    /// <summary>Runs the work on one of the pool's threads, unless the caller has gone by then.</summary>
    /// <exception cref="UnavailableException">it could not begin in time</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) => RunAsync(pool.Usual, work, cancellation);

    /// <summary>On one of the lane's threads.</summary>
    /// <exception cref="UnavailableException">it could not begin in time, or too many wait there already</exception>
    internal async Task<T> RunAsync<T>(HashingLane lane, Func<T> work, CancellationToken cancellation)
    {
        await TurnAsync(cancellation);
        var job = new HashingJob<T>(() =>
        {
            Begin();
            return work();
        });
        if (!lane.Queue.TryAdd(party.Rank, job, ahead: !waiting))
        {
            throw HashingPool.Full();
        }
        await BeginAsync(lane, job, cancellation);
        return await job.Result;
    }

    /// <summary>What has begun is waited for, whoever has gone: else more than one of a user's would be in flight.</summary>
    private async Task BeginAsync(HashingLane lane, HashingJob job, CancellationToken cancellation)
    {
        try
        {
            await job.Begun.WaitAsync(Left, cancellation);
        }
        catch (TimeoutException)
        {
            if (lane.Queue.Remove(job))
            {
                throw HashingPool.Full();
            }
        }
        catch (OperationCanceledException)
        {
            if (lane.Queue.Remove(job))
            {
                throw;
            }
        }
    }

    /// <summary>The second of one place goes on where the first has begun.</summary>
    private void Begin()
    {
        if (waiting)
        {
            pool.Meter.HashWaited(Stopwatch.GetElapsedTime(taken));
        }
        Free();
    }

    /// <summary>What has begun to work, or was given back, waits no more.</summary>
    private void Free()
    {
        if (waiting)
        {
            waiting = false;
            pool.Shares.Give(party, hashes);
        }
    }

    /// <summary>Never beside the work: that is waited for.</summary>
    public void Dispose()
    {
        Free();
        if (hasTurn)
        {
            hasTurn = false;
            pool.Turns.Leave(party.User!.Value);
        }
    }
}
