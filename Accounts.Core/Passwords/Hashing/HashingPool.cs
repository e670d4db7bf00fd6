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
public sealed class HashingPool : IDisposable
{
    /// <summary>From taking a place to the work's begin.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();

    public HashingPool(IOptions<ThrottlingOptions> options, AccountsMeter meter)
    {
        Meter = meter;
        HasLimits = options.Value.Enabled;
        Shares = new HashingShares(options.Value);
        Usual = new HashingLane("hashing", Environment.ProcessorCount, int.MaxValue, stopping.Token);
        OneAtATime = new HashingLane("hashing-memory", 1, HasLimits ? Math.Max(options.Value.HashQueueLength / 4, 1) : int.MaxValue, stopping.Token);
        meter.ObserveHashing(() => Usual.Queue.Count + OneAtATime.Queue.Count);
    }

    internal bool HasLimits { get; }

    internal AccountsMeter Meter { get; }

    internal HashingShares Shares { get; }

    internal UserTurns Turns { get; } = new();

    internal HashingLane Usual { get; }

    /// <summary>
    /// For what takes much memory, as foreign hashes may: so many sign-ins at once take the memory of one. A quarter of the
    /// places may wait here, so that all other sign-ins have theirs.
    /// </summary>
    internal HashingLane OneAtATime { get; }

    /// <param name="party">that waits</param>
    /// <param name="hashes">that it may take: as many places, of which the last free one will do, or a share of one would never let two in</param>
    /// <exception cref="UnavailableException">the queue, or the caller's share of it, is full; nothing has been counted</exception>
    public HashingPlace Take(HashingParty party, int hashes = 1) =>
        Shares.TryTake(party, hashes) ? new HashingPlace(this, party, hashes) : throw Full();

    internal static UnavailableException Full() => new(RetryAfter);

    public void Dispose() => stopping.Cancel();
}
