using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>What a service does that knows nothing of us but the published keys.</summary>
public static class PublishedKeys
{
    /// <param name="keys">the document</param>
    /// <param name="token">an access token</param>
    public static bool HaveSigned(JsonElement keys, string token)
    {
        var (signed, signature) = (Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]), Base64Url.DecodeFromChars(token.Split('.')[2]));
        return keys.GetProperty("keys").EnumerateArray().Any(key =>
        {
            using var curve = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Member(key, "x"), Y = Member(key, "y") } });
            return curve.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        });
    }

    private static byte[] Member(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString()!);
}
