using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>Finds passkeys, and whose they are, for who checks an authenticator's answer. Whether the user may do anything is not said here.</summary>
public sealed class KnownPasskeys(AccountsDb db)
{
    /// <summary>A user who is known by other means, to be asked for a passkey of theirs.</summary>
    public Task<User?> UserAsync(Guid id, CancellationToken cancellation) => db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation);

    /// <param name="handle">by which authenticators know the user</param>
    /// <param name="cancellation">ends the wait</param>
    public Task<User?> OwnerAsync(byte[] handle, CancellationToken cancellation) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.PasskeyHandle == handle, cancellation);

    /// <summary>Whose the passkey of that id is, whoever that may be.</summary>
    public Task<User?> HolderAsync(byte[] credentialId, CancellationToken cancellation) => (
        from passkey in db.Passkeys
        join user in db.Users on passkey.UserId equals user.Id
        where passkey.CredentialId == credentialId
        select user).AsNoTracking().SingleOrDefaultAsync(cancellation);

    public Task<Passkey?> FindAsync(Guid userId, byte[] credentialId, CancellationToken cancellation) =>
        db.Passkeys.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == credentialId, cancellation);

    /// <summary>Oldest first.</summary>
    public Task<List<Passkey>> OfAsync(Guid userId, CancellationToken cancellation) =>
        db.Passkeys.AsNoTracking().Where(p => p.UserId == userId).OrderBy(p => p.CreatedAt).ToListAsync(cancellation);
}
