using Accounts.Core.Tokens;

namespace Accounts.Core.Security;

/// <summary>
/// A signing key as it lies in the database: encrypted, with the times that say what it is now. It is announced until
/// <see cref="ActiveFrom"/>, then active until the next one is, then retained for as long as its tokens live.
/// </summary>
public sealed class StoredSigningKey
{
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
        PrivateKey = box.Seal(SecretUse.SigningKeys, key.ToPkcs8(), Place(key.Id)),
        CreatedAt = now,
        ActiveFrom = activeFrom,
    };

    /// <exception cref="System.Security.Cryptography.CryptographicException">no listed secret opens it</exception>
    public SigningKey Open(SecretBox box) => SigningKey.FromPkcs8(box.Open(SecretUse.SigningKeys, PrivateKey, Place(Id)));

    private static string Place(string id) => $"signing_keys/{id}";
}
