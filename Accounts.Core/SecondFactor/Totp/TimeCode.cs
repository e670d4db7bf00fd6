using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>The codes of an authenticator app (RFC 6238), as every app makes them: SHA-1, 6 digits, anew every 30 seconds.</summary>
public static class TimeCode
{
    /// <summary>In bytes: 160 bits.</summary>
    public const int SeedLength = 20;

    public const int Digits = 6, Seconds = 30;

    private const int Modulus = 1_000_000;

    /// <summary>In which order they are tried: of now, before, after.</summary>
    private static readonly int[] Window = [0, -1, 1];

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    public static bool IsOne(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);

    public static string Of(byte[] seed, long step)
    {
        Span<byte> counter = stackalloc byte[8], mac = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // Apps know nothing else, and what breaks SHA-1 does not break HMAC with it.
        HMACSHA1.HashData(seed, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code is of: now's or one beside it. Null where it is of none, or of one that is spent.</summary>
    /// <param name="seed">of the app</param>
    /// <param name="code">as it was typed</param>
    /// <param name="now">the database's time</param>
    /// <param name="lastStep">that was spent; null for none</param>
    public static long? StepOf(byte[] seed, string code, DateTimeOffset now, long? lastStep)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        foreach (var step in Window.Select(beside => StepAt(now) + beside).Where(step => lastStep is null || step > lastStep))
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Of(seed, step))))
            {
                return step;
            }
        }
        return null;
    }

    /// <summary>What an app reads: <c>otpauth://</c>.</summary>
    /// <param name="issuer">whom the account is with</param>
    /// <param name="account">whose it is, there</param>
    /// <param name="seed">in base32</param>
    public static string Url(string issuer, string account, string seed) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={seed}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={Seconds}";
}
