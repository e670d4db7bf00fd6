using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;

namespace Accounts.Core.Sessions;

/// <summary>Ending one of one's own sessions, another's or the very one that asks. Of two that end each other at once, one does.</summary>
public sealed class LogoutElsewhere(AccountsDb db, SecurityLog events)
{
    /// <exception cref="NotFoundException">it is not one of this user's, or over already</exception>
    /// <exception cref="AuthenticationFailedException">the session that asks has ended meanwhile</exception>
    public async Task EndAsync(LiveSession asking, Guid sessionId, Device device, CancellationToken cancellation)
    {
        var (reason, kind) = sessionId == asking.SessionId
            ? (SessionEnd.Logout, SecurityEventKind.SignedOut)
            : (SessionEnd.LogoutElsewhere, SecurityEventKind.SignedOutElsewhere);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(asking.User.Id, asking.SessionId, cancellation);
        if (!await db.EndSessionAsync(user.Id, sessionId, reason, cancellation))
        {
            throw new NotFoundException();
        }
        events.Add(kind, user.Id, sessionId, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
