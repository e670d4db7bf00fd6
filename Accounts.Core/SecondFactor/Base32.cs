namespace Accounts.Core.SecondFactor;

/// <summary>RFC 4648, without padding: what people and their apps type.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="bytes">a multiple of 5, as 80 and 160 bits are</param>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length * 8 / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var (first, shift) = (i * 5 / 8, 11 - (i * 5 % 8));
            var pair = (bytes[first] << 8) | (first + 1 < bytes.Length ? bytes[first + 1] : 0);
            text[i] = Alphabet[(pair >> shift) & 31];
        }
        return new string(text);
    }
}
