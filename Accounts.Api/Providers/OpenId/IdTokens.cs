using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// Checks a provider's ID token (OpenID Connect Core section 3.1.3.7): signature by one of the provider's keys under an
/// algorithm of that key, <c>iss</c>, <c>aud</c>, <c>azp</c>, times, <c>nonce</c>. What the token's header says of keys is never fetched or trusted.
/// </summary>
public sealed class IdTokens(ProviderKeys keys, TimeProvider time)
{
    private const int LongestToken = 16 * 1024;
    private static readonly TimeSpan ClockSkew = PersonClaims.ClockSkew;

    /// <summary>No provider means a token to be good for years; who says so counts in other units, or not at all.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    /// <summary>Apple tries again for some hours.</summary>
    private static readonly TimeSpan OldestNotice = TimeSpan.FromDays(1);

    /// <summary>The claims; null where anything is wrong.</summary>
    /// <exception cref="JsonException">header or claims are no JSON, or have a member twice</exception>
    /// <exception cref="InvalidOperationException">a text in them is none</exception>
    /// <exception cref="Core.Failures.UnavailableException">the provider's keys are not to be had</exception>
    public async Task<JsonElement?> VerifyAsync(string token, SocialProvider provider, string? nonce, CancellationToken cancellation) =>
        await ReadAsync(token, provider, cancellation) is { } claims && Fits(claims, provider, nonce) ? claims : null;

    /// <summary>The claims of userinfo that comes signed (OpenID Connect Core section 5.3.2): what it need not say must fit where it does; null where anything is wrong.</summary>
    /// <exception cref="JsonException">as of an ID token</exception>
    /// <exception cref="InvalidOperationException">as of an ID token</exception>
    /// <exception cref="Core.Failures.UnavailableException">as of an ID token</exception>
    public async Task<JsonElement?> VerifyUserInfoAsync(string token, SocialProvider provider, CancellationToken cancellation) =>
        await ReadAsync(token, provider, cancellation) is { } claims && (!claims.TryGetProperty("iss", out _) || IsOf(claims, provider))
        && (!claims.TryGetProperty("aud", out _) || IsFor(claims, [provider.ClientId])) && (!claims.TryGetProperty("exp", out _) || IsNow(claims)) ? claims : null;

    /// <summary>What one of the provider's keys has signed.</summary>
    private async Task<JsonElement?> ReadAsync(string token, SocialProvider provider, CancellationToken cancellation)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var payload, _] || Parse(header) is not { } head)
        {
            return null;
        }
        // Whatever is critical is unknown to us. A key's name is a text, or not there.
        if (head.TryGetProperty("crit", out _) || head.Text("alg") is not { } algorithm || (head.TryGetProperty("kid", out _) && head.Text("kid") is null))
        {
            return null;
        }
        return await IsSignedAsync(token, provider, head.Text("kid"), algorithm, cancellation) ? Parse(payload) : null;
    }

    private async Task<bool> IsSignedAsync(string token, SocialProvider provider, string? keyId, string algorithm, CancellationToken cancellation)
    {
        var known = await keys.FindAsync(provider, keyId, algorithm, failed: null, cancellation);
        if (known is null || known.HasSigned(token, algorithm))
        {
            return known is not null;
        }
        return await keys.FindAsync(provider, keyId, algorithm, known, cancellation) is { } newer && newer.HasSigned(token, algorithm);
    }

    /// <summary>The claims of a token that a native app got from the system's own sign-in; null where anything is wrong.</summary>
    /// <exception cref="JsonException">as of an ID token</exception>
    /// <exception cref="InvalidOperationException">as of an ID token</exception>
    /// <exception cref="Core.Failures.UnavailableException">as of an ID token</exception>
    public async Task<JsonElement?> VerifyOfAppAsync(string token, SocialProvider provider, string nonce, CancellationToken cancellation) =>
        await ReadAsync(token, provider, cancellation) is { } claims && IsOf(claims, provider) && IsFor(claims, [provider.ClientId, .. provider.Audiences])
        && IsNow(claims) && Repeats(claims, nonce) ? claims : null;

    /// <summary>The claims of what a provider tells by itself: they need not say when they end, so they must be new; null where anything is wrong.</summary>
    /// <exception cref="JsonException">as of an ID token</exception>
    /// <exception cref="InvalidOperationException">as of an ID token</exception>
    /// <exception cref="Core.Failures.UnavailableException">as of an ID token</exception>
    public async Task<(JsonElement Claims, DateTimeOffset ToldAt)?> VerifyNoticeAsync(string token, SocialProvider provider, CancellationToken cancellation)
    {
        if (await ReadAsync(token, provider, cancellation) is not { } claims || !IsOf(claims, provider) || !IsFor(claims, [provider.ClientId, .. provider.Audiences])
            || claims.Seconds("iat") is not { } told || (claims.TryGetProperty("exp", out _) && !IsNow(claims)))
        {
            return null;
        }
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        return told <= now + ClockSkew.TotalSeconds && told > now - OldestNotice.TotalSeconds ? (claims, DateTimeOffset.UnixEpoch.AddSeconds(told)) : null;
    }

    private bool Fits(JsonElement claims, SocialProvider provider, string? nonce) =>
        IsOf(claims, provider) && IsFor(claims, [provider.ClientId]) && IsNow(claims) && (nonce is null || Repeats(claims, nonce));

    private static bool IsOf(JsonElement claims, SocialProvider provider) => provider.HasTenants ? TenantIssuer.IsOf(claims, provider.PublishedIssuer) : claims.Text("iss") is { } issuer && (issuer == provider.Issuer || issuer == provider.OtherIssuer);

    /// <summary>A token for several must name us as the one that it was issued to.</summary>
    private static bool IsFor(JsonElement claims, string[] clients)
    {
        if (!claims.TryGetProperty("aud", out var audience) || (claims.TryGetProperty("azp", out _) && !clients.Contains(claims.Text("azp"))))
        {
            return false;
        }
        return audience.ValueKind switch
        {
            JsonValueKind.String => clients.Contains(audience.GetString()),
            JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && clients.Contains(one.GetString()))
                && (audience.GetArrayLength() == 1 || clients.Contains(claims.Text("azp"))),
            _ => false,
        };
    }

    private bool IsNow(JsonElement claims)
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        return claims.Seconds("exp") is { } end && end > now - ClockSkew.TotalSeconds && end <= now + LongestLife.TotalSeconds
            && HasBegun(claims, "iat", now) && HasBegun(claims, "nbf", now);
    }

    private static bool HasBegun(JsonElement claims, string name, double now) =>
        !claims.TryGetProperty(name, out _) || claims.Seconds(name) <= now + ClockSkew.TotalSeconds;

    private static bool Repeats(JsonElement claims, string nonce) => claims.Text("nonce") is { } repeated
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(repeated), Encoding.UTF8.GetBytes(nonce));

    /// <summary>Null where it is no object.</summary>
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
