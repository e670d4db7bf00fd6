using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.RateLimiting;
using Accounts.Core;

namespace Accounts.Api.Social;

/// <summary>The providers' published keys, as last read. A token that names an unknown one makes us look again, but not as often as somebody likes to send such tokens.</summary>
public sealed class ProviderKeys(ProviderConnection connection, TimeProvider time) : IDisposable
{
    public const int FetchesPerMinute = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Published> published = new();

    /// <summary>Null where the provider publishes no such key.</summary>
    /// <exception cref="UnavailableException">they have never been read, and cannot be now</exception>
    public async Task<ProviderKey?> FindAsync(string address, string id, CancellationToken cancellation)
    {
        var known = published.GetOrAdd(address, _ => new Published());
        await known.Gate.WaitAsync(cancellation);
        try
        {
            if (!known.Keys.ContainsKey(id) || known.ReadAt + Fresh <= time.GetUtcNow())
            {
                await ReadAsync(address, known, cancellation);
            }
            return known.Keys.GetValueOrDefault(id);
        }
        finally
        {
            known.Gate.Release();
        }
    }

    private async Task ReadAsync(string address, Published known, CancellationToken cancellation)
    {
        using var lease = known.Fetches.AttemptAcquire();
        if (lease.IsAcquired && await FetchAsync(address, cancellation) is { } keys)
        {
            (known.Keys, known.ReadAt) = (keys, time.GetUtcNow());
        }
        else if (known.Keys.Count == 0)
        {
            throw ProviderConnection.Away();
        }
    }

    /// <summary>Null where they cannot be read now; those of before then stay in use.</summary>
    private async Task<Dictionary<string, ProviderKey>?> FetchAsync(string address, CancellationToken cancellation)
    {
        try
        {
            using var json = JsonDocument.Parse(await connection.Http.GetStringAsync(address, cancellation));
            var keys = json.RootElement.GetProperty("keys").EnumerateArray().Select(ProviderKey.Read).OfType<ProviderKey>();
            return keys.DistinctBy(key => key.Id).ToDictionary(key => key.Id);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested
            && (ProviderConnection.IsAway(e) || e is UnavailableException or JsonException or InvalidOperationException or KeyNotFoundException))
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

        public Dictionary<string, ProviderKey> Keys { get; set; } = [];

        public DateTimeOffset ReadAt { get; set; }
    }
}
