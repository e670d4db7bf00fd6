using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
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
    private readonly Dictionary<string, int> waitingByNetwork = [];
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<HashingJob> known = new();
    private readonly ConcurrentQueue<HashingJob> others = new();
    private readonly SemaphoreSlim queued = new(0);
    private readonly CancellationTokenSource stopping = new();
    private int knownWaiting;
    private int othersWaiting;

    public HashingPool(IOptions<ThrottlingOptions> options)
    {
        this.options = options.Value;
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"hashing-{i}" }.Start();
        }
    }

    /// <param name="device">that waits</param>
    /// <param name="hashes">that it may take: as many places, of which the last free one will do, or a share of one would never let two in</param>
    /// <exception cref="UnavailableException">the queue, or the caller's share of it, is full; nothing has been counted</exception>
    public HashingPlace Take(Device device, int hashes = 1)
    {
        lock (gate)
        {
            if (!Admits(device))
            {
                throw new UnavailableException(RetryAfter);
            }
            Count(device, hashes);
        }
        return new HashingPlace(this, device, hashes);
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
    internal void Free(Device device, int hashes)
    {
        lock (gate)
        {
            Count(device, -hashes);
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
        while (Next() is { } job)
        {
            job.Run();
        }
    }

    private HashingJob? Next()
    {
        try
        {
            queued.Wait(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        return Dequeue();
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

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);

    public void Dispose() => stopping.Cancel();
}
