using System.Diagnostics;

namespace Accounts.Tests.Support;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (waited.Elapsed > Patience)
            {
                throw new InvalidOperationException($"Not within {Patience.TotalSeconds} s: {what}.");
            }
        }
    }
}
