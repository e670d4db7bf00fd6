using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Accounts.Core.Failures;

namespace Accounts.Core.Secrets;

/// <summary>Text that this server alone can have written, for others to keep: the id of the secret key, the content, and an HMAC of both under a key of its own per use.</summary>
internal static class AuthenticText
{
    private const int ContentAt = 4, MacLength = HMACSHA256.HashSizeInBytes;

    public static string Write(this SecretKeys keys, SecretUse use, ReadOnlySpan<byte> content)
    {
        var macAt = ContentAt + content.Length;
        Span<byte> bytes = stackalloc byte[macAt + MacLength];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, keys.Current.Id);
        content.CopyTo(bytes[ContentAt..]);
        HMACSHA256.HashData(keys.Current.Derive(use), bytes[..macAt], bytes[macAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <param name="keys">of which any may have been the current one</param>
    /// <param name="use">that it was written for</param>
    /// <param name="text">as it came</param>
    /// <param name="content">as long as the content is</param>
    /// <returns>whether it is authentic</returns>
    public static bool TryRead(this SecretKeys keys, SecretUse use, ReadOnlySpan<char> text, Span<byte> content) => keys.Judge(use, text, content) is null;

    /// <returns>null where it is authentic; else why it is not</returns>
    /// <inheritdoc cref="TryRead" path="/param"/>
    public static TokenRejection? Judge(this SecretKeys keys, SecretUse use, ReadOnlySpan<char> text, Span<byte> content)
    {
        var macAt = ContentAt + content.Length;
        Span<byte> bytes = stackalloc byte[macAt + MacLength];
        // TryDecodeFromChars throws at what is no base64url.
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length != bytes.Length)
        {
            return TokenRejection.Invalid;
        }
        if (keys.Find(BinaryPrimitives.ReadUInt32LittleEndian(bytes)) is not { } key)
        {
            return TokenRejection.UnknownKey;
        }
        Span<byte> mac = stackalloc byte[MacLength];
        HMACSHA256.HashData(key.Derive(use), bytes[..macAt], mac);
        bytes[ContentAt..macAt].CopyTo(content);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[macAt..]) ? null : TokenRejection.Invalid;
    }

    /// <summary>How many characters a content of so many bytes makes.</summary>
    public static int LengthOf(int content) => (((ContentAt + content + MacLength) * 4) + 2) / 3;
}
