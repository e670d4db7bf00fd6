using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Accounts.Api.Social;

/// <summary>
/// Checks a provider's ID token (OpenID Connect Core section 3.1.3.7): signature by one of the provider's keys and that
/// key's algorithm, <c>iss</c>, <c>aud</c>, <c>azp</c>, <c>exp</c>, <c>nonce</c>. What the token's header says of keys is never fetched or trusted.
/// </summary>
public sealed class IdTokens(ProviderKeys keys, TimeProvider time)
{
    private const int LongestToken = 16 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The claims; null where anything is wrong.</summary>
    /// <exception cref="Core.Failures.UnavailableException">the provider's keys are not to be had</exception>
    public async Task<JsonElement?> VerifyAsync(string token, SocialProvider provider, string? nonce, CancellationToken cancellation)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var payload, var signature] || Parse(header) is not { } head)
        {
            return null;
        }
        if (head.TryGetProperty("crit", out _) || head.Text("kid") is not { } kid || await keys.FindAsync(provider.KeysEndpoint, kid, cancellation) is not { } key)
        {
            return null;
        }
        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        var good = head.Text("alg") == key.Algorithm && Base64Url.IsValid(signature) && key.Verify(signed, Base64Url.DecodeFromChars(signature));
        return good && Parse(payload) is { } claims && Fits(claims, provider, nonce) ? claims : null;
    }

    private bool Fits(JsonElement claims, SocialProvider provider, string? nonce) =>
        claims.Text("iss") == provider.Issuer && IsFor(claims, provider.ClientId) && !IsOver(claims) && (nonce is null || Repeats(claims, nonce));

    /// <summary>A token for several must name us as the one that it was issued to.</summary>
    private static bool IsFor(JsonElement claims, string clientId)
    {
        if (!claims.TryGetProperty("aud", out var audience) || (claims.TryGetProperty("azp", out _) && claims.Text("azp") != clientId))
        {
            return false;
        }
        return audience.ValueKind switch
        {
            JsonValueKind.String => audience.GetString() == clientId,
            JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == clientId)
                && (audience.GetArrayLength() == 1 || claims.Text("azp") == clientId),
            _ => false,
        };
    }

    private bool IsOver(JsonElement claims) =>
        !claims.TryGetProperty("exp", out var expires) || expires.ValueKind != JsonValueKind.Number || !expires.TryGetInt64(out var seconds)
        || seconds <= (time.GetUtcNow() - ClockSkew).ToUnixTimeSeconds();

    private static bool Repeats(JsonElement claims, string nonce) => claims.Text("nonce") is { } repeated
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(repeated), Encoding.UTF8.GetBytes(nonce));

    private static JsonElement? Parse(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
    }
}
