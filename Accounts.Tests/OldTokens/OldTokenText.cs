using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Tests.OldTokens;

/// <summary>Refresh tokens as SimpleJWT makes them, by hand: what a test says is in them, and nothing else.</summary>
internal static class OldTokenText
{
    public const string Key = "Vq7#nT2w!xR9zLf4@cM8kJ6$hD3sB5gY0pEa1uQoW^tZ";

    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    public static string Of(string legacyId) => Signed(Header, Claims(legacyId));

    public static string Claims(
        string legacyId, string tokenType = "refresh", string? jti = null, TimeSpan? ago = null, TimeSpan? left = null, string more = "") => string.Create(CultureInfo.InvariantCulture,
        $$"""{"token_type":"{{tokenType}}","exp":{{Seconds(left ?? TimeSpan.FromDays(1))}},"iat":{{Seconds(-(ago ?? TimeSpan.FromHours(1)))}},"jti":"{{jti ?? Guid.NewGuid().ToString("N")}}","user_id":{{legacyId}}{{more}}}""");

    public static long Seconds(TimeSpan from) => (DateTimeOffset.UtcNow + from).ToUnixTimeSeconds();

    public static string Signed(string header, string claims, string key = Key)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)))}";
    }

    public static string SignedBy(RSA key, string header, string claims)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
