using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.RateLimiting;
using Accounts.Core.Failures;

namespace Accounts.Api.Social;

/// <summary>What providers publish for everybody, as last read: good for an hour, and asked for no oftener than somebody who makes us ask may make us.</summary>
internal sealed class PublishedDocuments<T>(ProviderHttp connection, TimeProvider time) : IDisposable where T : class
{
    private const int FetchesPerMinute = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Published> published = new();

    /// <param name="address">where it stands</param>
    /// <param name="read">null where it is not as it should be</param>
    /// <param name="isEnough">whether it has what is looked for; else it may have changed</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="UnavailableException">it has never been read, and cannot be now</exception>
    public async Task<T> FindAsync(string address, Func<JsonElement, T?> read, Func<T, bool> isEnough, CancellationToken cancellation)
    {
        var known = published.GetOrAdd(address, _ => new Published());
        await known.Gate.WaitAsync(cancellation);
        try
        {
            if (known.Document is null || !isEnough(known.Document) || known.ReadAt + Fresh <= time.GetUtcNow())
            {
                await ReadAsync(address, known, read, cancellation);
            }
            return known.Document ?? throw ProviderHttp.Away();
        }
        finally
        {
            known.Gate.Release();
        }
    }

    private async Task ReadAsync(string address, Published known, Func<JsonElement, T?> read, CancellationToken cancellation)
    {
        using var lease = known.Fetches.AttemptAcquire();
        if (lease.IsAcquired && await FetchAsync(address, read, cancellation) is { } document)
        {
            (known.Document, known.ReadAt) = (document, time.GetUtcNow());
        }
    }

    /// <summary>Null where it cannot be read now; that of before then stays in use.</summary>
    private async Task<T?> FetchAsync(string address, Func<JsonElement, T?> read, CancellationToken cancellation)
    {
        try
        {
            using var json = JsonDocument.Parse(await connection.Http.GetStringAsync(address, cancellation));
            return read(json.RootElement);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && (ProviderHttp.IsAway(e) || e is UnavailableException or JsonException or InvalidOperationException or KeyNotFoundException))
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var one in published.Values)
        {
            one.Gate.Dispose();
            one.Fetches.Dispose();
        }
    }

    private sealed class Published
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public FixedWindowRateLimiter Fetches { get; } = new(new FixedWindowRateLimiterOptions { PermitLimit = FetchesPerMinute, Window = TimeSpan.FromMinutes(1) });

        public T? Document { get; set; }

        public DateTimeOffset ReadAt { get; set; }
    }
}
