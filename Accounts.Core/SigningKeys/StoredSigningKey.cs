using System.Data.Common;
using Accounts.Core.Secrets;
using Accounts.Core.Tokens;

namespace Accounts.Core.SigningKeys;

/// <summary>What a stored signing key is at a moment.</summary>
public enum SigningKeyState
{
    /// <summary>Published, does not sign yet.</summary>
    Announced,
    Active,
    /// <summary>Signs no more; what it signed may still be good.</summary>
    Retained,
    Gone,
}

/// <summary>A signing key as it lies in the database: encrypted, with the times that say what it is.</summary>
public sealed class StoredSigningKey
{
    /// <summary>The select list that <see cref="Read"/> reads.</summary>
    internal const string Columns = "id, private_key, created_at, active_from, revoked_at";

    internal const int ColumnCount = 5;

    private StoredSigningKey()
    {
    }

    /// <summary><c>kid</c>.</summary>
    public string Id { get; private set; } = "";

    public byte[] PrivateKey { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ActiveFrom { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static StoredSigningKey Store(SigningKey key, SecretBox box, DateTimeOffset now, DateTimeOffset activeFrom) => new()
    {
        Id = key.Id,
        PrivateKey = Seal(key, box),
        CreatedAt = now,
        ActiveFrom = activeFrom,
    };

    internal static StoredSigningKey Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        PrivateKey = row.GetFieldValue<byte[]>(1),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(2),
        ActiveFrom = row.GetFieldValue<DateTimeOffset>(3),
        RevokedAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
    };

    /// <exception cref="System.Security.Cryptography.CryptographicException">no listed secret opens it</exception>
    public SigningKey Open(SecretBox box) => SigningKey.FromPkcs8(box.Open(SecretUse.SigningKeys, PrivateKey, Place(Id)));

    /// <summary>Encrypts it anew when it lies under a previous secret key, so that the previous one can be dropped.</summary>
    public void KeepUnder(SecretBox box, SigningKey key)
    {
        if (!IsKeptUnder(box))
        {
            PrivateKey = Seal(key, box);
        }
    }

    public bool IsKeptUnder(SecretBox box) => box.IsCurrent(PrivateKey);

    public void Revoke(DateTimeOffset now) => RevokedAt = now;

    private static byte[] Seal(SigningKey key, SecretBox box) => box.Seal(SecretUse.SigningKeys, key.ToPkcs8(), Place(key.Id));

    private static string Place(string id) => $"signing_keys/{id}";
}
