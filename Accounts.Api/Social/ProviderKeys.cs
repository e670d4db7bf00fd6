using System.Text.Json;

namespace Accounts.Api.Social;

/// <summary>The providers' published keys, as last read. A token that names an unknown one makes us look again, but not as often as somebody likes to send such tokens.</summary>
public sealed class ProviderKeys(ProviderHttp connection, TimeProvider time) : IDisposable
{
    private readonly PublishedDocuments<Dictionary<string, ProviderKey>> documents = new(connection, time);

    /// <summary>Null where the provider publishes no such key.</summary>
    /// <exception cref="Core.Failures.UnavailableException">they have never been read, and cannot be now</exception>
    public async Task<ProviderKey?> FindAsync(string address, string id, CancellationToken cancellation) =>
        (await documents.FindAsync(address, Read, keys => keys.ContainsKey(id), cancellation)).GetValueOrDefault(id);

    private static Dictionary<string, ProviderKey> Read(JsonElement document) =>
        document.GetProperty("keys").EnumerateArray().Select(ProviderKey.Read).OfType<ProviderKey>().DistinctBy(key => key.Id).ToDictionary(key => key.Id);

    public void Dispose() => documents.Dispose();
}
