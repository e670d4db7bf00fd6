using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// Threads of its own for password hashing, so that a flood of sign-ins starves neither the thread pool nor <c>me</c>
/// and refresh. Who wants a hash takes a place first: places are bounded, one network may hold few that still wait, and
/// a quarter is kept for known devices, so that nobody crowds out the owners.
/// </summary>
public sealed partial class HashingPool : IDisposable
{
    private const int SchedIdle = 5, Nice = 19;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ThrottlingOptions options;
    private readonly ILogger<HashingPool> log;
    private readonly Dictionary<string, int> waitingByNetwork = [];
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<HashingJob> known = new();
    private readonly ConcurrentQueue<HashingJob> others = new();
    private readonly SemaphoreSlim queued = new(0);
    private readonly CancellationTokenSource stopping = new();
    private int knownWaiting;
    private int othersWaiting;
    private int idle;

    public HashingPool(IOptions<ThrottlingOptions> options, ILogger<HashingPool> log)
    {
        (this.options, this.log) = (options.Value, log);
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"hashing-{i}" }.Start();
        }
    }

    /// <exception cref="UnavailableException">the queue, or the caller's share of it, is full; nothing has been counted</exception>
    public HashingPlace Take(Device device)
    {
        lock (gate)
        {
            if (!Admits(device))
            {
                throw new UnavailableException(RetryAfter);
            }
            Count(device, 1);
        }
        return new HashingPlace(this, device);
    }

    private bool Admits(Device device)
    {
        var full = knownWaiting + othersWaiting >= options.HashQueueLength
            || (!device.IsKnown && othersWaiting >= options.HashQueueLength * 3 / 4);
        return !full && (device.IsKnown || !options.Enabled || waitingByNetwork.GetValueOrDefault(device.Network) < options.HashesWaitingPerNetwork);
    }

    private void Count(Device device, int change)
    {
        if (device.IsKnown)
        {
            knownWaiting += change;
            return;
        }
        othersWaiting += change;
        if ((waitingByNetwork[device.Network] = waitingByNetwork.GetValueOrDefault(device.Network) + change) == 0)
        {
            waitingByNetwork.Remove(device.Network);
        }
    }

    /// <summary>A place that has begun to work, or was given back, waits no more.</summary>
    internal void Free(Device device)
    {
        lock (gate)
        {
            Count(device, -1);
        }
    }

    internal void Enqueue(Device device, HashingJob job)
    {
        (device.IsKnown ? known : others).Enqueue(job);
        queued.Release();
    }

    private void Work()
    {
        LowerPriority();
        var runner = new JobRunner(TrustedLanes());
        while (Next() is { } job)
        {
            runner.Run([job, .. More(runner.Most - 1)]);
        }
    }

    private DerivationLanes? TrustedLanes()
    {
        var lanes = DerivationLanes.OfThisProcessor();
        if (lanes is null || lanes.AgreesWithPlatform())
        {
            return lanes;
        }
        LogDisagreement();
        return null;
    }

    private HashingJob? Next()
    {
        Interlocked.Increment(ref idle);
        try
        {
            queued.Wait(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref idle);
        }
        return Dequeue();
    }

    /// <summary>Who waits too, if they are enough to be done together; idle threads get their share.</summary>
    private IEnumerable<HashingJob> More(int most)
    {
        var share = Math.Min(most, queued.CurrentCount / (1 + Volatile.Read(ref idle)));
        for (var left = share + 1 < DerivationLanes.Fewest ? 0 : share; left > 0 && queued.Wait(0); left--)
        {
            yield return Dequeue();
        }
    }

    /// <summary>There is one for each release of the semaphore.</summary>
    private HashingJob Dequeue() => known.TryDequeue(out var job) || others.TryDequeue(out job) ? job : throw new InvalidOperationException("A job was announced and is missing.");

    /// <summary>
    /// On Linux a thread has its own policy: hashing gets what is left by whoever answers requests (SCHED_IDLE, sched(7)).
    /// Where that is refused, as musl does, the lowest nice value stays.
    /// </summary>
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(0, 0, Nice);
            _ = SetScheduler(0, SchedIdle, 0);
        }
    }

    [LoggerMessage(LogLevel.Error, "Hashes computed in the processor's vectors are not those of the platform's library: a fault of the processor, the runtime or this program. Sign-ins are hashed one by one, which is slower.")]
    private partial void LogDisagreement();

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);

    public void Dispose() => stopping.Cancel();
}
