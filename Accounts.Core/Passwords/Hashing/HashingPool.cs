using System.Runtime.InteropServices;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// Threads of its own for password hashing, so that a flood of sign-ins starves neither the thread pool nor <c>me</c>
/// and refresh. Who wants a hash takes a place first: places are bounded (<see cref="HashingShares"/>), and what cannot
/// begin in time is refused.
/// </summary>
public sealed partial class HashingPool : IDisposable
{
    /// <summary>From taking a place to the work's begin.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int SchedIdle = 5, Nice = 19;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();

    public HashingPool(IOptions<ThrottlingOptions> options, AccountsMeter meter)
    {
        Meter = meter;
        meter.ObserveHashing(() => Queue.Count);
        HasLimits = options.Value.Enabled;
        Shares = new HashingShares(options.Value);
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"hashing-{i}" }.Start();
        }
    }

    internal bool HasLimits { get; }

    internal AccountsMeter Meter { get; }

    internal HashingShares Shares { get; }

    internal UserTurns Turns { get; } = new();

    internal HashingQueue Queue { get; } = new();

    /// <param name="party">that waits</param>
    /// <param name="hashes">that it may take: as many places, of which the last free one will do, or a share of one would never let two in</param>
    /// <exception cref="UnavailableException">the queue, or the caller's share of it, is full; nothing has been counted</exception>
    public HashingPlace Take(HashingParty party, int hashes = 1) =>
        Shares.TryTake(party, hashes) ? new HashingPlace(this, party, hashes) : throw Full();

    internal static UnavailableException Full() => new(RetryAfter);

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
            return Queue.Take(stopping.Token);
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

    public void Dispose() => stopping.Cancel();
}
