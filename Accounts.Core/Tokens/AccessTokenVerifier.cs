using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Tokens;

/// <summary>
/// Checks an access token by itself: form, algorithm, key, signature, <c>iss</c>, <c>aud</c>, <c>exp</c>, <c>typ</c> (RFC 8725, RFC 9068).
/// Whether its session and user live is another question. <c>jku</c>, <c>x5u</c>, <c>jwk</c> and the like are never looked at.
/// </summary>
public sealed class AccessTokenVerifier(SigningKeyRing ring, IOptions<TokenOptions> options, IOptions<SiteOptions> site, TimeProvider time, AccountsMeter meter)
{
    private const int LongestToken = 4096;
    private const int SignatureLength = 64;

    private readonly VerifiedTokens known = new(options.Value.RememberedTokens);
    private readonly string issuer = AccessTokenProfile.Issuer(options.Value, site.Value);
    private readonly string audience = AccessTokenProfile.Audience(options.Value, site.Value);

    /// <summary>Null when all is well; <see cref="TokenRejection.Expired"/> is said only of an otherwise good token, whose claims are set then too.</summary>
    public TokenRejection? Verify(string token, out AccessTokenClaims claims)
    {
        claims = default;
        if (token.Length > LongestToken)
        {
            return TokenRejection.Invalid;
        }
        var hash = VerifiedTokens.TokenHash.Of(token);
        var isKnown = known.TryGet(hash, out var entry) && ring.Find(entry.KeyId) is not null;
        meter.AccessToken(isKnown);
        if (!isKnown)
        {
            if (VerifySigned(token) is not { } read)
            {
                return TokenRejection.Invalid;
            }
            known.Add(hash, entry = read);
        }
        claims = entry.Claims;
        return claims.ExpiresAt + AccessTokenProfile.ClockSkew <= time.GetUtcNow() ? TokenRejection.Expired : null;
    }

    /// <summary>The name of the client whose a program's token is; null for any other token, and for one that is not good.</summary>
    public string? VerifyMachine(string token) => token.Length <= LongestToken && Authentic(token) is { } authentic ? ReadClient(authentic.Payload) : null;

    private VerifiedTokens.Entry? VerifySigned(string token) =>
        Authentic(token) is { } authentic && ReadClaims(authentic.Payload) is { } claims ? new VerifiedTokens.Entry(claims, authentic.Key.Id) : null;

    private (byte[] Payload, SigningKey Key)? Authentic(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }
        return KeyThatSigned(token, header, payload, signature) is { } key && Decode(payload) is { } json ? (json, key) : null;
    }

    private SigningKey? KeyThatSigned(string token, string header, string payload, string signature)
    {
        if (Decode(header) is not { } json || KeyNamedBy(json) is not { } key || Decode(signature) is not { Length: SignatureLength } bytes)
        {
            return null;
        }
        var signed = token.AsSpan(0, header.Length + 1 + payload.Length);
        return key.Verify(Encoding.ASCII.GetBytes(signed.ToArray()), bytes) ? key : null;
    }

    private SigningKey? KeyNamedBy(byte[] header)
    {
        if (!IsPlainText(header) || !TryParseObject(header, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            var ours = Text(root, "alg") == AccessTokenProfile.Algorithm && Text(root, "typ") == AccessTokenProfile.Type
                && !root.TryGetProperty("crit", out _);
            return ours && Text(root, "kid") is { } kid ? ring.Find(kid) : null;
        }
    }

    /// <summary>A header is read before anybody's signature: JsonDocument takes broken UTF-8 and lone surrogates, and throws only when they are read. Ours is ASCII.</summary>
    private static bool IsPlainText(ReadOnlySpan<byte> header) => Ascii.IsValid(header) && header.IndexOf("\\ud"u8) < 0 && header.IndexOf("\\uD"u8) < 0;

    private AccessTokenClaims? ReadClaims(byte[] payload)
    {
        if (!TryParseObject(payload, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            if (!IsOurs(root))
            {
                return null;
            }
            return Guid.TryParseExact(Text(root, "sub"), "D", out var user) && Guid.TryParseExact(Text(root, "sid"), "D", out var session)
                && Time(root, "exp") is { } expires && Time(root, "iat") is { } issued && Time(root, "auth_time") is { } proved
                ? new AccessTokenClaims(user, session, expires, issued, proved, Text(root, "acr") == AuthenticationLevel.Two)
                : null;
        }
    }

    /// <summary>No user's token has such a <c>sub</c>, and no program's a session.</summary>
    private string? ReadClient(byte[] payload)
    {
        if (!TryParseObject(payload, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            return IsOurs(root) && Text(root, "client_id") is { } client && Text(root, "sub") == AccessTokenProfile.ClientPrefix + client
                && !root.TryGetProperty("sid", out _) && Time(root, "exp") + AccessTokenProfile.ClockSkew > time.GetUtcNow()
                ? client
                : null;
        }
    }

    private bool IsOurs(JsonElement root) =>
        Text(root, "iss") == issuer && Text(root, "aud") == audience && Text(root, "token_type") == "access" && !IsBeforeItsTime(root);

    private bool IsBeforeItsTime(JsonElement root) =>
        root.TryGetProperty("nbf", out _) && !(Time(root, "nbf") <= time.GetUtcNow() + AccessTokenProfile.ClockSkew);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static bool TryParseObject(byte[] utf8, out JsonDocument json)
    {
        json = null!;
        try
        {
            json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 4 });
        }
        catch (JsonException)
        {
            return false;
        }
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }
        json.Dispose();
        return false;
    }

    /// <summary>Null for anything but the one canonical spelling, so that no second text is the same token.</summary>
    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }
}
