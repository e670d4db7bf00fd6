using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Tokens;

/// <summary>
/// Makes tokens that differ from a good one in what a test says. It signs with the server's own key, so that the
/// difference alone is what a refusal can be about.
/// </summary>
public sealed class Forge(SigningKey key, string goodToken)
{
    /// <summary>The order of P-256, which neither half of a signature may reach.</summary>
    public static readonly BigInteger Order = BigInteger.Parse("115792089210356248762697446949407573529996955224135760342422259061068512044369", null);

    private readonly string[] parts = goodToken.Split('.');

    public static Forge For(TestServer server, string goodToken) => new(server.Services.GetRequiredService<SigningKeyRing>().Active, goodToken);

    public SigningKey Key => key;

    public string Header => parts[0];

    public string Payload => parts[1];

    public string Signed => $"{Header}.{Payload}";

    public byte[] Signature => Base64Url.DecodeFromChars(parts[2]);

    /// <summary>The key as an instance of its own, for what the server's class does not do.</summary>
    public ECDsa PrivateKey()
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.ToPkcs8(), out _);
        return ecdsa;
    }

    public string WithHeader(Action<JsonObject> change, Func<byte[], byte[]>? sign = null) => Sign(Changed(Header, change), Payload, sign);

    public string WithClaims(Action<JsonObject> change) => Sign(Header, Changed(Payload, change));

    public string WithClaim(string name, JsonNode? value) => WithClaims(claims => claims[name] = value);

    public string WithoutClaim(string name) => WithClaims(claims => claims.Remove(name));

    /// <summary>(r, n-s) in place of (r, s): as good, to whoever checks it by the book.</summary>
    public byte[] OtherSignature
    {
        get
        {
            var s = (Order - HalfOf(Signature)).ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. Signature[..32], .. new byte[32 - s.Length], .. s];
        }
    }

    /// <summary>s of (r, s).</summary>
    public static BigInteger HalfOf(byte[] signature) => new(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);

    public string WithSignature(byte[] signature) => $"{Signed}.{Base64Url.EncodeToString(signature)}";

    /// <summary>Parts as they are written, for JSON that no library writes.</summary>
    public string WithRawHeader(string json) => Sign(Encode(Encoding.UTF8.GetBytes(json)), Payload);

    public string WithRawClaims(string json) => Sign(Header, Encode(Encoding.UTF8.GetBytes(json)));

    public string Sign(string header, string payload, Func<byte[], byte[]>? sign = null)
    {
        var signature = (sign ?? (bytes => key.Sign(bytes)))(Encoding.ASCII.GetBytes($"{header}.{payload}"));
        return $"{header}.{payload}.{Encode(signature)}";
    }

    public static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static string Changed(string part, Action<JsonObject> change)
    {
        var json = Read(part);
        change(json);
        return Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
