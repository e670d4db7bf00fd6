using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>
/// SHA-256 without a salt, as tutorials have it. It is stored with a mark before it, so that none gets in without somebody
/// saying so, and so that whose it is can be asked for a new password.
/// </summary>
internal sealed record BareSha256Hash(byte[] Key) : ForeignPasswordHash(Key)
{
    public const string Mark = "sha256hex$";

    /// <summary>Whether it is one as it lies in the database of such a program.</summary>
    public static bool IsOne(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    public static string Marked(string hash) => Mark + hash.ToLowerInvariant();

    public static HashReading Read(string text)
    {
        var reader = new HashReader("SHA-256", text.Split('$')).Demand(2);
        var key = reader.Hex(1, SHA256.HashSizeInBytes);
        return reader.Read(() => new BareSha256Hash(key));
    }

    protected override byte[] Derive(byte[] password) => SHA256.HashData(password);
}
