using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Accounts.Core.Tokens;

/// <summary>
/// What a signing key has signed, as text: JWS in its compact form (RFC 7515), of ES256 and nothing else. Its <c>typ</c> says what it is, so that
/// nothing that was signed for one end passes for another (RFC 8725 section 3.11). <c>jku</c>, <c>x5u</c>, <c>jwk</c> and the like are never looked at.
/// </summary>
public static class Jws
{
    private const int SignatureLength = SigningKey.SignatureLength, LongestHeader = 256;

    /// <summary>Every refresh makes one: nothing is left over of it but its text.</summary>
    public static string Sign(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Base64Url.GetEncodedLength(LongestHeader) + Base64Url.GetEncodedLength(payload.Length) + Base64Url.GetEncodedLength(SignatureLength) + 2);
        try
        {
            Span<byte> header = stackalloc byte[LongestHeader];
            if (!Utf8.TryWrite(header, $$"""{"alg":"{{AccessTokenProfile.Algorithm}}","typ":"{{type}}","kid":"{{key.Id}}"}""", out var headerLength))
            {
                throw new ArgumentException("Too long for a header.", nameof(type));
            }
            var length = Base64Url.EncodeToUtf8(header[..headerLength], buffer);
            buffer[length++] = (byte)'.';
            length += Base64Url.EncodeToUtf8(payload, buffer.AsSpan(length));
            Span<byte> signature = stackalloc byte[SignatureLength];
            key.Sign(buffer.AsSpan(0, length), signature);
            buffer[length++] = (byte)'.';
            length += Base64Url.EncodeToUtf8(signature, buffer.AsSpan(length));
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <param name="text">of whoever it may be</param>
    /// <param name="type">that it has to say of itself</param>
    /// <param name="find">the key of an id; null for one that is not ours</param>
    /// <returns>null for what none of these keys has signed as this</returns>
    public static (byte[] Payload, SigningKey Key)? Open(string text, string type, Func<string, SigningKey?> find)
    {
        if (text.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }
        if (Decode(header) is not { } json || KeyNamedBy(json, type, find) is not { } key || Decode(signature) is not { Length: SignatureLength } bytes)
        {
            return null;
        }
        var signed = text.AsSpan(0, header.Length + 1 + payload.Length);
        return key.Verify(Encoding.ASCII.GetBytes(signed.ToArray()), bytes) && Decode(payload) is { } content ? (content, key) : null;
    }

    private static SigningKey? KeyNamedBy(byte[] header, string type, Func<string, SigningKey?> find)
    {
        if (!IsPlainText(header) || !SignedJson.TryParseObject(header, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            var ours = SignedJson.Text(root, "alg") == AccessTokenProfile.Algorithm && SignedJson.Text(root, "typ") == type && !root.TryGetProperty("crit", out _);
            return ours && SignedJson.Text(root, "kid") is { } kid ? find(kid) : null;
        }
    }

    /// <summary>A header is read before anybody's signature: JsonDocument takes broken UTF-8 and lone surrogates, and throws only when they are read. Ours is ASCII.</summary>
    private static bool IsPlainText(ReadOnlySpan<byte> header) => Ascii.IsValid(header) && header.IndexOf("\\ud"u8) < 0 && header.IndexOf("\\uD"u8) < 0;

    /// <summary>Null for anything but the one canonical spelling, so that no second text is the same token.</summary>
    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }
}
