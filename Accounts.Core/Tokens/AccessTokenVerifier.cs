using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Tokens;

/// <summary>
/// Checks an access token by itself: form, algorithm, key, signature, <c>iss</c>, <c>aud</c>, <c>exp</c>, <c>typ</c> (RFC 8725, RFC 9068).
/// Whether its session and user live is another question.
/// </summary>
public sealed class AccessTokenVerifier(SigningKeyRing ring, IOptions<TokenOptions> options, IOptions<SiteOptions> site, TimeProvider time, AccountsMeter meter)
{
    private const int LongestToken = 4096;

    private readonly Func<string, SigningKey?> find = ring.Find;
    private readonly VerifiedTokens known = new(options.Value.RememberedTokens);
    private readonly string issuer = AccessTokenProfile.Issuer(options.Value, site.Value);
    private readonly string audience = AccessTokenProfile.Audience(options.Value, site.Value);

    /// <summary>Null when all is well; <see cref="TokenRejection.Expired"/> is said only of an otherwise good token, whose claims are set then too.</summary>
    public TokenRejection? Verify(ReadOnlySpan<char> token, out AccessTokenClaims claims)
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
            if (VerifySigned(token.ToString()) is not { } read)
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

    private (byte[] Payload, SigningKey Key)? Authentic(string token) => Jws.Open(token, AccessTokenProfile.Type, find);

    private AccessTokenClaims? ReadClaims(byte[] payload)
    {
        if (!SignedJson.TryParseObject(payload, out var json))
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
            return Guid.TryParseExact(SignedJson.Text(root, "sub"), "D", out var user) && Guid.TryParseExact(SignedJson.Text(root, "sid"), "D", out var session)
                && SignedJson.Time(root, "exp") is { } expires && SignedJson.Time(root, "iat") is { } issued && SignedJson.Time(root, "auth_time") is { } proved
                ? new AccessTokenClaims(user, session, expires, issued, proved, SignedJson.Text(root, "acr") == AuthenticationLevel.Two)
                : null;
        }
    }

    /// <summary>No user's token has such a <c>sub</c>, and no program's a session.</summary>
    private string? ReadClient(byte[] payload)
    {
        if (!SignedJson.TryParseObject(payload, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            return IsOurs(root) && SignedJson.Text(root, "client_id") is { } client && SignedJson.Text(root, "sub") == AccessTokenProfile.ClientPrefix + client
                && !root.TryGetProperty("sid", out _) && SignedJson.Time(root, "exp") + AccessTokenProfile.ClockSkew > time.GetUtcNow()
                ? client
                : null;
        }
    }

    private bool IsOurs(JsonElement root) =>
        SignedJson.Text(root, "iss") == issuer && SignedJson.Text(root, "aud") == audience && SignedJson.Text(root, "token_type") == "access" && !IsBeforeItsTime(root);

    private bool IsBeforeItsTime(JsonElement root) =>
        root.TryGetProperty("nbf", out _) && !(SignedJson.Time(root, "nbf") <= time.GetUtcNow() + AccessTokenProfile.ClockSkew);
}
