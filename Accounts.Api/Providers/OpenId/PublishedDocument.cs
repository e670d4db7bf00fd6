using System.Threading.RateLimiting;

namespace Accounts.Api.Providers.OpenId;

/// <summary>One document, as last read, and the one fetch of it that may be on its way.</summary>
public sealed class PublishedDocument<T>(TimeProvider time) : IDisposable where T : class
{
    /// <summary>However often somebody makes us look.</summary>
    private const int FetchesPerMinute = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>So long one that cannot be read is left alone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly FixedWindowRateLimiter fetches = new(new FixedWindowRateLimiterOptions { PermitLimit = FetchesPerMinute, Window = TimeSpan.FromMinutes(1) });
    private Task? running;
    private DateTimeOffset readAt, failedAt;

    public T? Document { get; private set; }

    /// <summary>Behind the request, once it is old.</summary>
    public void Refresh(Func<Task<T?>> fetch)
    {
        lock (gate)
        {
            if (Document is null || readAt + Fresh <= time.GetUtcNow())
            {
                Begin(fetch, out _);
            }
        }
    }

    /// <summary>Waits for the fetch that is on its way, or for one of its own; for none where the last has just failed, or there were too many.</summary>
    /// <returns>whether others had begun it</returns>
    public async Task<bool> AwaitAsync(Func<Task<T?>> fetch, CancellationToken cancellation)
    {
        if (Begin(fetch, out var others) is { } task)
        {
            await task.WaitAsync(cancellation);
        }
        return others;
    }

    private Task? Begin(Func<Task<T?>> fetch, out bool others)
    {
        lock (gate)
        {
            others = running is not null;
            if (running is not null || failedAt + Pause > time.GetUtcNow())
            {
                return running;
            }
            using var lease = fetches.AttemptAcquire();
            // On a thread of its own, so that nothing of it runs under the lock, and with nothing of the request.
            using (ExecutionContext.SuppressFlow())
            {
                return running = lease.IsAcquired ? Task.Run(() => FetchAsync(fetch)) : null;
            }
        }
    }

    private async Task FetchAsync(Func<Task<T?>> fetch)
    {
        var document = await fetch();
        lock (gate)
        {
            running = null;
            (Document, readAt, failedAt) = document is null ? (Document, readAt, time.GetUtcNow()) : (document, time.GetUtcNow(), failedAt);
        }
    }

    public void Dispose() => fetches.Dispose();
}
