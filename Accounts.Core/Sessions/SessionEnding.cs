using Accounts.Core.Data;
using Accounts.Core.TrustedDevices;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>Ends sessions inside the caller's transaction; a session ends once, and keeps the reason of its first end.</summary>
public static class SessionEnding
{
    /// <returns>whether this call ended it</returns>
    public static async Task<bool> EndSessionAsync(this AccountsDb db, Guid userId, Guid sessionId, SessionEnd reason, CancellationToken cancellation) =>
        await LiveSessionRule.Open(db).Where(s => s.UserId == userId && s.Id == sessionId).EndAsync(reason, cancellation) == 1;

    /// <summary>As <see cref="EndSessionAsync(AccountsDb, Guid, Guid, SessionEnd, CancellationToken)"/>, for whoever has a token of it: of any generation, but with the session's own secret.</summary>
    /// <returns>whether this call ended it</returns>
    public static async Task<bool> EndSessionAsync(this AccountsDb db, SessionCredential token, SessionEnd reason, CancellationToken cancellation)
    {
        var secretHash = token.SecretHash;
        return await LiveSessionRule.Open(db)
            .Where(s => s.UserId == token.UserId && s.Id == token.SessionId && s.SecretHash == secretHash)
            .EndAsync(reason, cancellation) == 1;
    }

    /// <summary>Those that were opened by one way and by nothing else besides. The caller holds the user's row, so that none is opened meanwhile.</summary>
    /// <returns>the ids of those that this call ended</returns>
    public static async Task<List<Guid>> EndSessionsAsync(this AccountsDb db, Guid userId, string way, SessionEnd reason, CancellationToken cancellation)
    {
        var ended = new List<Guid>();
        foreach (var id in await LiveSessionRule.Open(db).Where(s => s.UserId == userId && s.Amr.All(method => method == way)).Select(s => s.Id).ToListAsync(cancellation))
        {
            if (await db.EndSessionAsync(userId, id, reason, cancellation))
            {
                ended.Add(id);
            }
        }
        return ended;
    }

    /// <summary>
    /// All that the user has, by one row, however many they are: the epoch that they belong to is over. A sign-in in flight
    /// holds or waits for that row, and so is of the new epoch or ended. Housekeeping marks the sessions later. No device of the user is trusted any more.
    /// </summary>
    public static async Task EndAllSessionsAsync(this AccountsDb db, Guid userId, SessionEnd reason, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync($"""
            UPDATE users SET sessions_epoch = sessions_epoch + 1, version = version + 1,
              sessions_ended_at = clock_timestamp(), sessions_end_reason = {SnakeCaseEnum<SessionEnd>.Word(reason)}
            WHERE id = {userId}
            """, cancellation);
        await db.TrustNoDeviceAsync(userId, cancellation);
    }

    /// <summary>One that stays while the others end: it takes the epoch that has just begun, in the same transaction.</summary>
    public static Task KeepSessionAsync(this AccountsDb db, Guid userId, Guid sessionId, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            UPDATE sessions s SET epoch = u.sessions_epoch FROM users u
            WHERE s.user_id = {userId} AND s.id = {sessionId} AND u.id = s.user_id AND s.ended_at IS NULL
            """, cancellation);

    /// <summary>Makes room for one more: the oldest end. The caller holds the user's row.</summary>
    /// <returns>their ids</returns>
    public static async Task<Guid[]> EndOldestSessionsAsync(this AccountsDb db, Guid userId, long epoch, CancellationToken cancellation)
    {
        var open = db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.Epoch == epoch);
        var oldest = await open.OrderByDescending(s => s.Id).Skip(Session.MostOfOneUser - 1).Select(s => s.Id).ToArrayAsync(cancellation);
        await open.Where(s => oldest.Contains(s.Id)).EndAsync(SessionEnd.TooMany, cancellation);
        return oldest;
    }

    private static Task<int> EndAsync(this IQueryable<Session> sessions, SessionEnd reason, CancellationToken cancellation) =>
        sessions.ExecuteUpdateAsync(set => set
            .SetProperty(s => s.EndedAt, _ => AccountsDb.ClockTimestamp())
            .SetProperty(s => s.EndReason, reason), cancellation);
}
