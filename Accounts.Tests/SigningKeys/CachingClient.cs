using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Accounts.Tests.Support;

namespace Accounts.Tests.SigningKeys;

/// <summary>A service that checks access tokens with the published keys, which it keeps for as long as it may, and does not ask again for a key that it does not know.</summary>
internal sealed class CachingClient(Func<ApiClient> nodes, TimeSpan cache)
{
    private Dictionary<string, ECParameters> keys = [];
    private long readAt;

    public ConcurrentQueue<string> Failures { get; } = new();

    public int Verified { get; private set; }

    public async Task CheckAsync(string token)
    {
        if (keys.Count == 0 || Stopwatch.GetElapsedTime(readAt) > cache)
        {
            await ReadAsync();
        }
        if (keys.TryGetValue(KeyIdOf(token), out var key) && IsSigned(token, key))
        {
            Verified++;
        }
        else
        {
            Failures.Enqueue($"{KeyIdOf(token)} is none of {string.Join(", ", keys.Keys)}");
        }
    }

    public static string KeyIdOf(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;

    private async Task ReadAsync()
    {
        using var client = nodes();
        var set = (await client.GetAsync("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray();
        keys = set.ToDictionary(key => key.GetProperty("kid").GetString()!, key => new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") },
        });
        readAt = Stopwatch.GetTimestamp();
    }

    private static byte[] Coordinate(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private static bool IsSigned(string token, ECParameters key)
    {
        using var ecdsa = ECDsa.Create(key);
        var dot = token.LastIndexOf('.');
        return ecdsa.VerifyData(Encoding.ASCII.GetBytes(token, 0, dot), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), HashAlgorithmName.SHA256);
    }
}
