using System.Buffers.Binary;
using System.Buffers.Text;

namespace Accounts.Tests.Support;

/// <summary>What the text of a refresh token consists of, or of a session token, read as somebody would who has the sources and no key.</summary>
public static class TokenText
{
    private const string SessionPrefix = "acc_ses_";
    private const int KeyIdAt = 1, UserAt = 5, SessionAt = 21, GenerationAt = 37, SecretAt = 45, MacAt = 77;

    public static string KeyIdOf(string token) => Convert.ToHexString(Part(token, KeyIdAt, UserAt));

    public static Guid UserOf(string token) => new(Part(token, UserAt, SessionAt), bigEndian: true);

    public static Guid SessionOf(string token) => new(Part(token, SessionAt, GenerationAt), bigEndian: true);

    public static long GenerationOf(string token) => BinaryPrimitives.ReadInt64BigEndian(Part(token, GenerationAt, SecretAt));

    public static byte[] SecretOf(string token) => Part(token, SecretAt, MacAt);

    public static string WithSecret(string token, byte[] secret) => With(token, SecretAt, secret);

    public static string WithKeyId(string token, byte[] keyId) => With(token, KeyIdAt, keyId);

    /// <summary>One bit of one byte is another.</summary>
    public static string Flipped(string token, int at) => With(token, at, [(byte)(Base64Url.DecodeFromChars(token)[at] ^ 1)]);

    /// <summary>A session token has a word in front, and neither a version nor a generation.</summary>
    private static byte[] Part(string token, int from, int to) =>
        token.StartsWith(SessionPrefix, StringComparison.Ordinal) ? Base64Url.DecodeFromChars(token.AsSpan(SessionPrefix.Length))[(from - 1)..(to - 1)] : Base64Url.DecodeFromChars(token)[from..to];

    private static string With(string token, int at, byte[] bytes)
    {
        var all = Base64Url.DecodeFromChars(token);
        bytes.CopyTo(all, at);
        return Base64Url.EncodeToString(all);
    }
}
