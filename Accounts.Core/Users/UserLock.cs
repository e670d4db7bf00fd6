using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Users;

/// <summary>
/// Locks a user's row inside the caller's transaction, and first of all rows: of several acts on one user each waits for
/// the one before it, and no two wait for each other.
/// </summary>
public static class UserLock
{
    /// <summary>Null when there is no such live user.</summary>
    public static async Task<User?> LockUserAsync(this AccountsDb db, Guid id, CancellationToken cancellation) => OfLive(await db.LockAnyUserAsync(id, cancellation));

    /// <inheritdoc cref="LockUserAsync(AccountsDb, Guid, CancellationToken)"/>
    public static async Task<User?> LockUserAsync(this AccountsDb db, EmailAddress address, CancellationToken cancellation) =>
        OfLive(await db.LockAnyUserAsync(address, cancellation));

    /// <summary>Null when there is no such user; one who has left or is frozen is there.</summary>
    public static Task<User?> LockAnyUserAsync(this AccountsDb db, Guid id, CancellationToken cancellation) =>
        db.Users.FromSqlRaw(Locking(db, "id"), id).SingleOrDefaultAsync(cancellation);

    /// <inheritdoc cref="LockAnyUserAsync(AccountsDb, Guid, CancellationToken)"/>
    public static Task<User?> LockAnyUserAsync(this AccountsDb db, EmailAddress address, CancellationToken cancellation) =>
        db.Users.FromSqlRaw(Locking(db, "email_key"), address.Key).SingleOrDefaultAsync(cancellation);

    private static string Locking(AccountsDb db, string key) => $"SELECT {db.ColumnsOf<User>("u")} FROM users u WHERE u.{key} = {{0}} FOR NO KEY UPDATE";

    private static User? OfLive(User? user) => user.IsLive() ? user : null;
}
