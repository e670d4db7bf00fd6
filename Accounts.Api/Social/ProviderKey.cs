using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Accounts.Api.Social;

/// <summary>A public key of a provider, for the one algorithm that it is for: RS256 or ES256.</summary>
public sealed class ProviderKey
{
    private const int ShortestModulus = 256;

    private readonly RSAParameters? rsa;
    private readonly ECParameters? ec;

    private ProviderKey(string id, RSAParameters? rsa, ECParameters? ec) => (Id, this.rsa, this.ec) = (id, rsa, ec);

    public string Id { get; }

    public string Algorithm => rsa is null ? "ES256" : "RS256";

    /// <summary>Null for a key of another kind or use (RFC 7517).</summary>
    public static ProviderKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || jwk.Text("kid") is not { } id || jwk.Text("use") is not (null or "sig"))
        {
            return null;
        }
        var key = jwk.Text("kty") switch
        {
            "RSA" when Bytes(jwk, "n") is { Length: >= ShortestModulus } n && Bytes(jwk, "e") is { } e =>
                new ProviderKey(id, new RSAParameters { Modulus = n, Exponent = e }, null),
            "EC" when jwk.Text("crv") == "P-256" && Bytes(jwk, "x") is { } x && Bytes(jwk, "y") is { } y =>
                new ProviderKey(id, null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }),
            _ => null,
        };
        return key is not null && jwk.Text("alg") is { } algorithm && algorithm != key.Algorithm ? null : key;
    }

    public bool Verify(byte[] data, byte[] signature)
    {
        try
        {
            return rsa is { } modulus ? VerifyRsa(modulus, data, signature) : VerifyEc(ec!.Value, data, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool VerifyRsa(RSAParameters parameters, byte[] data, byte[] signature)
    {
        using var key = RSA.Create(parameters);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool VerifyEc(ECParameters parameters, byte[] data, byte[] signature)
    {
        using var key = ECDsa.Create(parameters);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        jwk.Text(name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
