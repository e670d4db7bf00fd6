using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Json;
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

    private readonly JsonWebKey key;
    private readonly string[] algorithms;

    private ProviderKey(JsonElement jwk, params string[] algorithms)
    {
        Id = jwk.Text("kid");
        this.algorithms = jwk.Text("alg") is { } only ? [.. algorithms.Where(one => one == only)] : algorithms;
        // Member by member: it throws at a set with one that is not as it should be.
        key = new JsonWebKey { Kty = jwk.Text("kty"), N = jwk.Text("n"), E = jwk.Text("e"), Crv = jwk.Text("crv"), X = jwk.Text("x"), Y = jwk.Text("y") };
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

    public bool IsFor(string algorithm) => algorithms.Contains(algorithm);

    /// <summary>The signature alone: header and claims are read by <see cref="IdTokens"/>. The package's reader takes duplicate members, any <c>crit</c> and an absurd <c>exp</c>, and takes no half a character in a name.</summary>
    /// <param name="token">three parts</param>
    /// <param name="algorithm">one that the key is for</param>
    public bool HasSigned(string token, string algorithm)
    {
        var end = token.LastIndexOf('.');
        var (signed, signature) = (token[..end], token[(end + 1)..]);
        if (!Base64Url.IsValid(signature))
        {
            return false;
        }
        SignatureProvider? verifier = null;
        try
        {
            verifier = key.CryptoProviderFactory.CreateForVerifying(key, algorithm);
            return verifier.Verify(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature));
        }
        // Strangers wrote key and signature: whatever they are not, it is no more than a signature that does not fit.
        catch (Exception)
        {
            return false;
        }
        finally
        {
            if (verifier is not null)
            {
                key.CryptoProviderFactory.ReleaseSignatureProvider(verifier);
            }
        }
    }
}
