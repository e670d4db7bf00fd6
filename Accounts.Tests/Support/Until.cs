using System.Diagnostics;

namespace Accounts.Tests.Support;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Until
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    /// <summary>Asked for often at first; what takes longer is not found out by asking as often all the while.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20), Most = TimeSpan.FromMilliseconds(100);

    /// <param name="condition">asked again and again</param>
    /// <param name="what">it says, for the message</param>
    /// <param name="limit">where 20 s and the patience that a busy machine needs will not do: it holds as it is</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var pause = Least;
        for (var waited = Stopwatch.StartNew(); !await condition(); pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 5 / 4, Most.Ticks)))
        {
            if (waited.Elapsed > (limit ?? Patience.Of(Usual)))
            {
                throw new InvalidOperationException($"Not within {waited.Elapsed.TotalSeconds:F1} s: {what}.");
            }
            await Task.Delay(pause);
        }
    }
}
