using System.Text;

namespace Accounts.Api.Http;

/// <summary>
/// ASCII digits; whatever else is a letter. Kestrel reads a sign before a Content-Length (+5, -0), which a proxy may read
/// otherwise, and keeps the number alone: the encoding of the header is the only one of ours that sees how it was written.
/// </summary>
internal sealed class DigitsEncoding : Encoding
{
    private const char NoDigit = 'x';

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <summary>Kestrel has room for one character more than the longest number has, and refuses what fills it.</summary>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var count = Math.Min(bytes.Length, chars.Length);
        for (var i = 0; i < count; i++)
        {
            chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : NoDigit;
        }
        return count;
    }
}
