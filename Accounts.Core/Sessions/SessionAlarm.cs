using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Sessions;

/// <summary>
/// What a refresh token says besides who it is: that two have it, that answers do not arrive, that the database has lost
/// writes. Nothing here ends with the request: a thief who hangs up must not be able to call it off.
/// </summary>
public sealed partial class SessionAlarm(AccountsDb db, SessionNotice notice, SecurityLog events, ILogger<SessionAlarm> log)
{
    private const int LostInARow = 3;

    /// <summary>
    /// A refresh token that had been replaced came back: two have it, and its user is told. Committed before anybody is
    /// told: an exception inside the transaction would undo the end of a stolen session.
    /// </summary>
    public async Task EndReusedAsync(RefreshToken token, Device device)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var owner = await db.LockUserAsync(token.UserId, CancellationToken.None);
        if (await db.EndSessionAsync(token.UserId, token.SessionId, SessionEnd.Reused, CancellationToken.None))
        {
            await notice.AddReusedAsync(token, owner, device);
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
    }

    /// <summary>The answer to a refresh was lost, and the token came again. Almost always a closed tab or a tunnel; the third in a row is not.</summary>
    public async Task TellReissuedAsync(RefreshToken token, long lostInARow, Device device)
    {
        events.Add(SecurityEventKind.RefreshTokenReissued, token.UserId, token.SessionId, device);
        if (lostInARow == LostInARow)
        {
            LogAnswersLost(token.SessionId, token.UserId);
            events.Add(SecurityEventKind.RefreshAnswersLost, token.UserId, token.SessionId, device);
        }
        await using var transaction = await db.Database.BeginTransactionAsync();
        var session = await db.Sessions.AsNoTracking().SingleAsync(s => s.UserId == token.UserId && s.Id == token.SessionId);
        if (device.IsElsewhere(session.Ip, session.UserAgent))
        {
            LogElsewhere(token.SessionId, token.UserId);
            await notice.AddElsewhereAsync(token, await db.LockUserAsync(token.UserId, CancellationToken.None), device);
        }
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The session has been brought up to a later generation's token, which only this server can have issued.</summary>
    public async Task TellForwardedAsync(RefreshToken token, Device device)
    {
        LogStateLost(token.SessionId, token.UserId);
        events.Add(SecurityEventKind.SessionStateLost, token.UserId, token.SessionId, device);
        await db.SaveChangesAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Three answers in a row to refreshes of session {SessionId} of user {UserId} were lost: something in between doesn't let them through, or somebody else has the token.")]
    private partial void LogAnswersLost(Guid sessionId, Guid userId);

    [LoggerMessage(LogLevel.Warning, "A lost answer of session {SessionId} of user {UserId} was asked for again by another kind of browser in another network than the sign-in's.")]
    private partial void LogElsewhere(Guid sessionId, Guid userId);

    [LoggerMessage(LogLevel.Critical, "Session {SessionId} of user {UserId} presented a later generation than the database holds: writes have been lost (failover, restored backup). The session goes on.")]
    private partial void LogStateLost(Guid sessionId, Guid userId);
}
