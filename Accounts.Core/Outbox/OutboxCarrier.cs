using System.Diagnostics;

namespace Accounts.Core.Outbox;

/// <summary>
/// Whether who takes the messages is there, as this process has found it last. While not, one lane at a time tries, a few
/// seconds apart, and the other messages stay where they are: the first that finds the way open opens it for all.
/// </summary>
public sealed class OutboxCarrier
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private TimeSpan pause = TimeSpan.Zero;
    private long pausedAt;
    private long? toldAt;
    private bool isTrying, isTold;

    private bool IsAway => pause > TimeSpan.Zero;

    private TimeSpan Left => pause - Stopwatch.GetElapsedTime(pausedAt);

    /// <summary>Whether a lane may take a message now; it leaves afterwards.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (!IsAway)
            {
                return true;
            }
            return !isTrying && Left <= TimeSpan.Zero && (isTrying = true);
        }
    }

    /// <summary>A lane that entered is done, whether or not it has found anything out.</summary>
    public void Leave()
    {
        lock (gate)
        {
            isTrying = false;
        }
    }

    /// <summary>For how long a lane with nothing to do may sleep.</summary>
    public TimeSpan Sleep(TimeSpan atMost)
    {
        lock (gate)
        {
            return IsAway && Left < atMost ? TimeSpan.FromTicks(Math.Max(Left.Ticks, ShortestPause.Ticks / 4)) : atMost;
        }
    }

    /// <summary>Nobody was there. Lanes that find so together count as one.</summary>
    /// <returns>whether it is time to tell so: once a minute</returns>
    public bool IsFoundAway()
    {
        lock (gate)
        {
            if (Left <= TimeSpan.Zero)
            {
                pause = IsAway ? TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)) : ShortestPause;
                pausedAt = Stopwatch.GetTimestamp();
            }
            if (toldAt is { } told && Stopwatch.GetElapsedTime(told) < TellAgain)
            {
                return false;
            }
            toldAt = Stopwatch.GetTimestamp();
            return isTold = true;
        }
    }

    /// <summary>Somebody was there, whatever they said.</summary>
    /// <returns>whether it had been told that nobody is</returns>
    public bool IsFoundThere()
    {
        lock (gate)
        {
            var wasTold = isTold;
            (pause, isTold) = (TimeSpan.Zero, false);
            return wasTold;
        }
    }
}
