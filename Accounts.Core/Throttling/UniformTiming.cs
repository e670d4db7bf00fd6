using System.Diagnostics;

namespace Accounts.Core.Throttling;

/// <summary>
/// For answers that must not tell by their time whether an account exists: whatever the work took, the answer comes
/// a fixed time after its start. Only work longer than that would show, and none of these acts is.
/// </summary>
public static class UniformTiming
{
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(60);

    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            await WaitAsync(started, cancellation);
        }
    }

    private static async Task WaitAsync(long started, CancellationToken cancellation)
    {
        var left = Floor - Stopwatch.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancellation);
        }
    }
}
