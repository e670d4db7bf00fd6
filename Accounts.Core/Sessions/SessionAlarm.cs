using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Notices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Sessions;

/// <summary>Ends a session whose refresh token says that something is wrong: it was used twice, or the database has lost writes.</summary>
public sealed partial class SessionAlarm(AccountsDb db, Notice notice, SecurityLog events, ILogger<SessionAlarm> log)
{
    /// <summary>A refresh token that had been rotated came back: two have it, and its user is told.</summary>
    public Task EndReusedAsync(RefreshToken token, Device device) => EndAsync(token, SessionEnd.Reused, user =>
        notice.Add(SecurityEventKind.RefreshTokenReused, user, token.SessionId, device, new SessionReusedMail()));

    /// <summary>A later generation than the row's came.</summary>
    public Task EndLostAsync(RefreshToken token, Device device)
    {
        LogStateLost(token.SessionId, token.UserId);
        return EndAsync(token, SessionEnd.StateLost, user => events.Add(SecurityEventKind.SessionStateLost, user.Id, token.SessionId, device));
    }

    /// <summary>
    /// Committed before anybody is told: an exception inside the transaction would undo the end of a stolen session.
    /// Nor does it end with the request: a thief who hangs up must not be able to call it off.
    /// </summary>
    private async Task EndAsync(RefreshToken token, SessionEnd reason, Action<User> record)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await db.EndSessionAsync(token.UserId, token.SessionId, reason, CancellationToken.None))
        {
            record(await db.Users.AsNoTracking().SingleAsync(u => u.Id == token.UserId));
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
    }

    [LoggerMessage(LogLevel.Critical, "Session {SessionId} of user {UserId} presented a later generation than the database holds: writes have been lost (failover, restored backup). It has been ended.")]
    private partial void LogStateLost(Guid sessionId, Guid userId);
}
