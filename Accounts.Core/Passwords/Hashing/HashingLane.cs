using System.Runtime.InteropServices;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>What waits, and the threads of its own that it waits for.</summary>
internal sealed partial class HashingLane
{
    private const int SchedIdle = 5, Nice = 19;

    private readonly CancellationToken stopping;

    /// <param name="name">of its threads</param>
    /// <param name="threads">as many are computed at once</param>
    /// <param name="most">that may wait</param>
    /// <param name="stopping">ends them</param>
    public HashingLane(string name, int threads, int most, CancellationToken stopping)
    {
        this.stopping = stopping;
        Queue = new HashingQueue(most);
        for (var i = 0; i < threads; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"{name}-{i}" }.Start();
        }
    }

    public HashingQueue Queue { get; }

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
            return Queue.Take(stopping);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

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
}
