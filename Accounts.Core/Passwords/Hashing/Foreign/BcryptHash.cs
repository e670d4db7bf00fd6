using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>
/// bcrypt by any of its three prefixes, which are one algorithm for what is UTF-8: it takes a password's first 72 bytes, its final zero
/// among them. Django has a form that gets around it, by SHA-256 first.
/// </summary>
/// <param name="Cost">the exponent of a power of two</param>
/// <param name="Salt">16 bytes</param>
/// <param name="OverSha256">whether it is of the password's SHA-256 in hexadecimal digits</param>
/// <param name="Key">23 bytes</param>
internal sealed record BcryptHash(int Cost, byte[] Salt, bool OverSha256, byte[] Key) : ForeignPasswordHash(Key)
{
    /// <summary>Each is twice the one before; this one takes two seconds.</summary>
    private const int MostCost = 15;

    private const int Longest = 72, SaltLength = 16, KeyLength = 23, SaltDigits = 22, KeyDigits = 31;

    private const string Digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static HashReading Read(string text, bool overSha256)
    {
        var reader = new HashReader("bcrypt", text.Split('$')).Demand(4);
        if (reader.Part(0).Length > 0 || reader.Part(1) is not ("2a" or "2b" or "2y"))
        {
            reader.Refuse("of a kind that is not known");
        }
        var (cost, rest) = (reader.Part(2), reader.Part(3));
        if (cost.Length != 2)
        {
            reader.Refuse("with no number of rounds");
        }
        // Of two digits: "06".
        var rounds = reader.Number(cost.StartsWith('0') ? cost[1..] : cost, "for its cost", 4, MostCost);
        if (rest.Length != SaltDigits + KeyDigits || rest.Any(digit => !Digits.Contains(digit, StringComparison.Ordinal)))
        {
            reader.Refuse("with a damaged key");
        }
        return reader.Read(() => new BcryptHash(rounds, Bytes(rest[..SaltDigits])[..SaltLength], overSha256, Bytes(rest[SaltDigits..])[..KeyLength]));
    }

    /// <summary>By the usual alphabet in the place of bcrypt's own.</summary>
    private static byte[] Bytes(string digits) =>
        Convert.FromBase64String(string.Concat(digits.Select(digit => Base64Digits[Digits.IndexOf(digit, StringComparison.Ordinal)])).PadRight((digits.Length + 3) / 4 * 4, 'A'));

    protected override byte[] Derive(byte[] password)
    {
        byte[] all = [.. OverSha256 ? Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password))) : password, 0];
        try
        {
            return BCrypt.Generate(all[..Math.Min(all.Length, Longest)], Salt, Cost, addTerminator: false)[..KeyLength];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(all);
        }
    }
}
