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
    public static async Task<User?> LockUserAsync(this AccountsDb db, Guid id, CancellationToken cancellation) => OfLive(
        await db.Users.FromSql($"SELECT * FROM users WHERE id = {id} FOR NO KEY UPDATE").SingleOrDefaultAsync(cancellation));

    /// <inheritdoc cref="LockUserAsync(AccountsDb, Guid, CancellationToken)"/>
    public static async Task<User?> LockUserAsync(this AccountsDb db, EmailAddress address, CancellationToken cancellation) => OfLive(
        await db.Users.FromSql($"SELECT * FROM users WHERE email_key = {address.Key} FOR NO KEY UPDATE").SingleOrDefaultAsync(cancellation));

    private static User? OfLive(User? user) => user.IsLive() ? user : null;
}
