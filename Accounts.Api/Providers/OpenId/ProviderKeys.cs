using System.Text.Json;

namespace Accounts.Api.Providers.OpenId;

/// <summary>The providers' published keys, as last read. A token that names an unknown one, or that the one it names has not signed, makes us look again, but not as often as somebody likes to send such tokens.</summary>
public sealed class ProviderKeys(TimeProvider time, ILogger<ProviderKeys> log) : IDisposable
{
    private readonly PublishedDocuments<ProviderKey[]> documents = new(time, log);

    /// <summary>Null where the provider publishes no such key.</summary>
    /// <param name="provider">whose they are</param>
    /// <param name="id">null where the token names none: then the provider has but one key for the algorithm (OpenID Connect Core section 10.1)</param>
    /// <param name="algorithm">that the key is to be for</param>
    /// <param name="failed">the one that was found before, and has not signed the token: some change a key and not its name, or give it none</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="Core.Failures.UnavailableException">they have never been read, and cannot be now</exception>
    public async Task<ProviderKey?> FindAsync(SocialProvider provider, string? id, string algorithm, ProviderKey? failed, CancellationToken cancellation)
    {
        ProviderKey? Other(ProviderKey[] keys) => Find(keys, id, algorithm) is { } key && key != failed ? key : null;
        return Other(await documents.FindAsync(provider.Backchannel, provider.KeysEndpoint, Read, known => Other(known) is not null, cancellation));
    }

    private static ProviderKey? Find(ProviderKey[] keys, string? id, string algorithm)
    {
        var fitting = keys.Where(key => (id is null || key.Id == id) && key.IsFor(algorithm)).ToArray();
        return id is null && fitting.Length > 1 ? null : fitting.FirstOrDefault();
    }

    private static ProviderKey[] Read(JsonElement document) =>
        [.. document.GetProperty("keys").EnumerateArray().Select(ProviderKey.Read).OfType<ProviderKey>()];

    public void Dispose() => documents.Dispose();
}
