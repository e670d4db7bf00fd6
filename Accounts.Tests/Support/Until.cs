using System.Diagnostics;

namespace Accounts.Tests.Support;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="condition">asked again and again</param>
    /// <param name="what">it says, for the message</param>
    /// <param name="patience">where 20 s are too short: for a process to start</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (waited.Elapsed > limit)
            {
                throw new InvalidOperationException($"Not within {limit.TotalSeconds} s: {what}.");
            }
        }
    }
}
