using System.Buffers.Text;
using System.Numerics;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// A public key of a provider (RFC 7517), and the algorithms that it is for (RFC 7518 section 3): all of its kind and
/// curve, or the one that it names. What a token says of itself only chooses among them.
/// </summary>
public sealed class ProviderKey
{
    private const int ShortestModulus = 2048;
    private static readonly string[] OfRsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly TokenValidationParameters signature;

    private ProviderKey(JsonElement jwk, params string[] algorithms)
    {
        Id = jwk.Text("kid");
        signature = SignatureAlone(jwk, jwk.Text("alg") is { } only ? [.. algorithms.Where(one => one == only)] : algorithms);
    }

    public string? Id { get; }

    /// <summary>Null for a key of another kind or use, and for one that is too short.</summary>
    public static ProviderKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || jwk.Text("use") is not (null or "sig"))
        {
            return null;
        }
        return (jwk.Text("kty"), jwk.Text("crv")) switch
        {
            ("RSA", _) when IsLong(jwk.Text("n")) => new ProviderKey(jwk, OfRsa),
            ("EC", "P-256") => new ProviderKey(jwk, "ES256"),
            ("EC", "P-384") => new ProviderKey(jwk, "ES384"),
            ("EC", "P-521") => new ProviderKey(jwk, "ES512"),
            _ => null,
        };
    }

    private static bool IsLong(string? modulus) => modulus is not null && Base64Url.IsValid(modulus)
        && new BigInteger(Base64Url.DecodeFromChars(modulus), isUnsigned: true, isBigEndian: true).GetBitLength() >= ShortestModulus;

    /// <summary>The handler takes duplicate members, any <c>crit</c> and an absurd <c>exp</c>: header and claims are read by <see cref="IdTokens"/>.</summary>
    private static TokenValidationParameters SignatureAlone(JsonElement jwk, string[] algorithms) => new()
    {
        // Member by member: it throws at a set with one that is not as it should be.
        IssuerSigningKey = new JsonWebKey
        {
            Kty = jwk.Text("kty"), N = jwk.Text("n"), E = jwk.Text("e"), Crv = jwk.Text("crv"), X = jwk.Text("x"), Y = jwk.Text("y"),
        },
        ValidAlgorithms = algorithms,
        // There is but this one, whatever the token calls it.
        TryAllIssuerSigningKeys = true,
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
        RequireExpirationTime = false,
    };

    public bool IsFor(string algorithm) => signature.ValidAlgorithms.Contains(algorithm);

    public async Task<bool> SignedAsync(string token) => (await Handler.ValidateTokenAsync(token, signature)).IsValid;
}
