using System.Security.Cryptography;

namespace Accounts.Core.ProgramTokens;

/// <summary>
/// How a personal token is written: <c>acc_pat_</c>, 40 random letters and digits (238 bits), and six more that are the CRC-32 of all before them. By
/// prefix and checksum who searches code for secrets finds it, and takes nothing else for one.
/// </summary>
public static class PersonalTokenText
{
    public const string Prefix = "acc_pat_";

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 40, ChecksumLength = 6;
    private const int Length = 8 + RandomLength + ChecksumLength;

    public static string New()
    {
        var secret = Prefix + RandomNumberGenerator.GetString(Digits, RandomLength);
        return secret + Checksum(secret);
    }

    /// <summary>Whether it says that it is one.</summary>
    public static bool IsOne(ReadOnlySpan<char> token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether it can be one: what was cut off or mistyped costs no query.</summary>
    public static bool IsWhole(string token) =>
        token.Length == Length && IsOne(token) && token.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0
        && token.AsSpan(Length - ChecksumLength).SequenceEqual(Checksum(token[..^ChecksumLength]));

    private static string Checksum(string text)
    {
        var left = Crc32(text);
        return string.Create(ChecksumLength, left, static (digits, rest) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--)
            {
                digits[i] = Digits[(int)(rest % Digits.Length)];
                rest /= (uint)Digits.Length;
            }
        });
    }

    /// <summary>That of zip and PNG, which every language has at hand.</summary>
    private static uint Crc32(string ascii)
    {
        var crc = uint.MaxValue;
        foreach (var character in ascii)
        {
            crc ^= (byte)character;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0xEDB88320 : 0);
            }
        }
        return ~crc;
    }
}
