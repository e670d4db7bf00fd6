using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Accounts.Tests.Providers;

/// <summary>A key of the double of a provider. It signs under the name of any algorithm of its kind, whatever it is published for.</summary>
public sealed class ProviderSigningKey(string id, AsymmetricAlgorithm key, string? publishedFor = null) : IDisposable
{
    public static ProviderSigningKey Rsa(string id, int bits = 2048, string? publishedFor = null) => new(id, RSA.Create(bits), publishedFor);

    public static ProviderSigningKey Rsa(string id, RSAParameters numbers, string? publishedFor = null) => new(id, RSA.Create(numbers), publishedFor);

    /// <summary>For a key that every double of a kind begins with: to look for its primes takes a tenth of a second.</summary>
    public static RSAParameters RsaNumbers()
    {
        using var fresh = RSA.Create(2048);
        return fresh.ExportParameters(includePrivateParameters: true);
    }

    public static ProviderSigningKey Curve(ECCurve curve, string id) => new(id, ECDsa.Create(curve));

    public byte[] PublicInfo => key.ExportSubjectPublicKeyInfo();

    public JsonObject Header(string algorithm) => new() { ["alg"] = algorithm, ["kid"] = id, ["typ"] = "JWT" };

    public string Sign(JsonObject claims, string algorithm) => Sign(Header(algorithm).ToJsonString(), claims.ToJsonString(), algorithm);

    /// <summary>To the letter, JSON or not.</summary>
    public string Sign(string header, string claims, string algorithm)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(Encoding.ASCII.GetBytes(signed), algorithm))}";
    }

    private byte[] Signature(byte[] data, string algorithm)
    {
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        return key is RSA rsa
            ? rsa.SignData(data, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(data, hash);
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>As it is published.</summary>
    public JsonObject Jwk()
    {
        var jwk = key is RSA rsa ? RsaMembers(rsa.ExportParameters(false)) : CurveMembers(((ECDsa)key).ExportParameters(false));
        (jwk["kid"], jwk["use"]) = (id, "sig");
        if (publishedFor is not null)
        {
            jwk["alg"] = publishedFor;
        }
        return jwk;
    }

    private static JsonObject RsaMembers(RSAParameters key) => new()
    {
        ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
    };

    private JsonObject CurveMembers(ECParameters parameters) => new()
    {
        ["kty"] = "EC", ["crv"] = $"P-{key.KeySize}", ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
    };

    public void Dispose() => key.Dispose();
}
