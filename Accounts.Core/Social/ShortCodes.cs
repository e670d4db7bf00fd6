using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;

namespace Accounts.Core.Social;

/// <summary>
/// Codes that people type. What is stored of one is keyed, for a plain hash of so few digits falls in milliseconds to
/// whoever reads the table, and bound to its place: it is of no use for anything else.
/// </summary>
public sealed class ShortCodes(SecretKeys keys)
{
    /// <summary>8 digits: they prove a user.</summary>
    public static string New() => RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>6 digits that follow from a mailed token: its link can show them, and nobody has to keep them for it.</summary>
    public string Of(string mailedToken) => Of(keys.Current, mailedToken);

    public byte[] Hash(string code, string place) => Hash(keys.Current, code, place);

    public bool Fits(string code, string place, byte[]? hash) =>
        hash is not null && keys.All.Any(key => CryptographicOperations.FixedTimeEquals(Hash(key, code, place), hash));

    /// <summary>The code of a mailed token, whichever key it was made under; null where it is another's by now.</summary>
    public string? Find(string mailedToken, string place, byte[]? hash) =>
        keys.All.Select(key => Of(key, mailedToken)).FirstOrDefault(code => Fits(code, place, hash));

    private static string Of(SecretKey key, string mailedToken)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(Hash(key, mailedToken, "shown"));
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Hash(SecretKey key, string code, string place) =>
        HMACSHA256.HashData(key.Derive(SecretUse.SocialCodes), Encoding.UTF8.GetBytes($"{place}|{code}"));
}
