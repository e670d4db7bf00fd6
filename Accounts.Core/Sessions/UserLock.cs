using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>
/// Locks the user of a session inside the caller's transaction, for acts that change who may sign in. Whatever ends
/// sessions locks the user first: an act that waited behind a reset must not go on for whom the reset has put out.
/// </summary>
public static class UserLock
{
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or its user is not active</exception>
    public static async Task<User> LockUserAsync(this AccountsDb db, Guid userId, Guid sessionId, CancellationToken cancellation)
    {
        var user = await db.Users.FromSql($"SELECT * FROM users WHERE id = {userId} AND is_active AND deleted_at IS NULL FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellation);
        // A statement of its own: one that shared the lock's snapshot would read the session as it was before the wait.
        return user is not null && await db.Sessions.AnyAsync(s => s.UserId == userId && s.Id == sessionId && s.EndedAt == null, cancellation)
            ? user
            : throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
    }
}
