using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Security;

/// <summary>Loads the signing keys into this process, and makes the first one on an empty database.</summary>
public sealed class SigningKeyStore(AccountsDb db, SecretBox box, SigningKeyRing ring, TimeProvider time)
{
    /// <summary>Nodes that start together wait for the one that makes the key, which is cold and may be slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <exception cref="StartupException">a stored key that no listed secret opens</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        db.Database.SetCommandTimeout(Patience);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(AdvisoryLock.SigningKeys, cancellation);
        var stored = await db.SigningKeys.Where(key => key.RevokedAt == null).OrderBy(key => key.ActiveFrom).ToListAsync(cancellation);
        if (stored.Count == 0)
        {
            stored.Add(Create());
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        Publish(stored);
    }

    private StoredSigningKey Create()
    {
        var now = time.GetUtcNow();
        return db.SigningKeys.Add(StoredSigningKey.Store(SigningKey.Create(), box, now, activeFrom: now)).Entity;
    }

    private void Publish(List<StoredSigningKey> stored)
    {
        var opened = stored.ConvertAll(Open);
        ring.Replace(opened[^1], opened);
    }

    private SigningKey Open(StoredSigningKey stored)
    {
        try
        {
            return stored.Open(box);
        }
        catch (CryptographicException)
        {
            throw new StartupException(
                $"The signing key {stored.Id} in the database was stored under another secret key: add that key to Accounts__PreviousSecretKeys, or set Accounts__SecretKey to it.");
        }
    }
}
