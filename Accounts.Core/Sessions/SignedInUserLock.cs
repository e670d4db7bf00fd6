using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>
/// Locks the user of a session, for acts that change who may sign in. Whatever ends sessions locks the user first: an
/// act that waited behind a reset must not go on for whom the reset has put out.
/// </summary>
public static class SignedInUserLock
{
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or its user does not live</exception>
    public static async Task<User> LockUserAsync(this AccountsDb db, Guid userId, Guid sessionId, CancellationToken cancellation)
    {
        var user = await db.LockUserAsync(userId, cancellation);
        // A statement of its own: one that shared the lock's snapshot would read the session as it was before the wait.
        return user is not null && await LiveSessionRule.Open(db).AnyAsync(s => s.UserId == userId && s.Id == sessionId, cancellation)
            ? user
            : throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
    }
}
