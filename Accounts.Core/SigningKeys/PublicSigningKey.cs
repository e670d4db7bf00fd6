using System.Data.Common;
using System.Security.Cryptography;
using Accounts.Core.Secrets;
using Accounts.Core.Tokens;

namespace Accounts.Core.SigningKeys;

/// <summary>
/// The public half of a signing key, kept for ever: what it has signed of the history is checked long after the key itself is gone. Whoever can only write
/// to the database adds none of their own, for the seal takes the secret key.
/// </summary>
public sealed class PublicSigningKey
{
    /// <summary>The select list that <see cref="Read"/> reads.</summary>
    internal const string Columns = "id, point, seal";

    private PublicSigningKey()
    {
    }

    /// <summary><c>kid</c>, the thumbprint of the point (RFC 7638).</summary>
    public string Id { get; private set; } = "";

    /// <summary>x and y, 32 bytes each.</summary>
    public byte[] Point { get; private set; } = [];

    /// <summary>That this server has made it. There is nothing in it: it stands for the id.</summary>
    public byte[] Seal { get; private set; } = [];

    public static PublicSigningKey Of(SigningKey key, SecretBox box) => new() { Id = key.Id, Point = key.PublicHalf(), Seal = MakeSeal(key.Id, box) };

    internal static PublicSigningKey Read(DbDataReader row) => new() { Id = row.GetString(0), Point = row.GetFieldValue<byte[]>(1), Seal = row.GetFieldValue<byte[]>(2) };

    /// <returns>null where a listed secret key does not vouch for it</returns>
    public SigningKey? Open(SecretBox box)
    {
        try
        {
            box.Open(SecretUse.SigningKeys, Seal, Place(Id));
            var key = SigningKey.OfPublicHalf(Point);
            return key.Id == Id ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Seals it anew when a previous secret key vouches for it, so that the previous one can be dropped.</summary>
    public void KeepUnder(SecretBox box)
    {
        if (!box.IsCurrent(Seal) && Open(box) is { } key)
        {
            Seal = MakeSeal(key.Id, box);
        }
    }

    private static byte[] MakeSeal(string id, SecretBox box) => box.Seal(SecretUse.SigningKeys, [], Place(id));

    private static string Place(string id) => $"public_signing_keys/{id}";
}
