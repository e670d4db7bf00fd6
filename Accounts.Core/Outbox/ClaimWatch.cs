using System.Diagnostics;

namespace Accounts.Core.Outbox;

/// <summary>
/// When a claim that has not been renewed may be taken over. Who lives renews it in time, unless the database is away; so
/// only who has heard the database without a break for as long as a lease takes what another process has left.
/// </summary>
public sealed class ClaimWatch
{
    /// <summary>So long is a mail of a killed process kept back.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(4);

    /// <summary>Longer than the lanes' polls are apart; in a longer silence the database may have been away, and nobody asked.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    private readonly Lock gate = new();
    private long since, last;

    public bool MayTakeOver
    {
        get
        {
            lock (gate)
            {
                return IsHearing && Stopwatch.GetElapsedTime(since) > Lease;
            }
        }
    }

    private bool IsHearing => last > 0 && Stopwatch.GetElapsedTime(last) < Silence;

    /// <summary>The database has answered.</summary>
    public void Heard()
    {
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            since = IsHearing ? since : now;
            last = now;
        }
    }

    /// <summary>The database has not answered.</summary>
    public void Missed()
    {
        lock (gate)
        {
            last = 0;
        }
    }
}
