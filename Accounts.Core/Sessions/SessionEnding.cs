using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>Ends sessions inside the caller's transaction; a session ends once, and keeps the reason of its first end.</summary>
public static class SessionEnding
{
    /// <returns>whether this call ended it</returns>
    public static async Task<bool> EndSessionAsync(this AccountsDb db, Guid userId, Guid sessionId, SessionEnd reason, CancellationToken cancellation) =>
        await db.Sessions.NotEnded().Where(s => s.UserId == userId && s.Id == sessionId).EndAsync(reason, cancellation) == 1;

    /// <summary>As <see cref="EndSessionAsync(AccountsDb, Guid, Guid, SessionEnd, CancellationToken)"/>, for a bearer of the refresh token: any generation, but the session's own secret.</summary>
    /// <returns>whether this call ended it</returns>
    public static async Task<bool> EndSessionAsync(this AccountsDb db, RefreshToken token, SessionEnd reason, CancellationToken cancellation)
    {
        var secretHash = token.SecretHash;
        return await db.Sessions.NotEnded()
            .Where(s => s.UserId == token.UserId && s.Id == token.SessionId && s.SecretHash == secretHash)
            .EndAsync(reason, cancellation) == 1;
    }

    /// <summary>
    /// The caller has locked or updated the user's row before, in the same transaction: a sign-in in flight then fails or
    /// is ended here. The rows are locked in the order in which refreshes that go together lock them: no deadlock.
    /// </summary>
    public static async Task<int> EndAllSessionsAsync(this AccountsDb db, Guid userId, SessionEnd reason, Guid? except, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM sessions WHERE user_id = {userId} AND ended_at IS NULL ORDER BY id FOR NO KEY UPDATE", cancellation);
        return await db.Sessions.NotEnded().Where(s => s.UserId == userId && s.Id != except).EndAsync(reason, cancellation);
    }

    /// <summary>Whatever their age: what is over by its age need not be ended, and may be.</summary>
    public static IQueryable<Session> NotEnded(this IQueryable<Session> sessions) => sessions.Where(s => s.EndedAt == null);

    private static Task<int> EndAsync(this IQueryable<Session> sessions, SessionEnd reason, CancellationToken cancellation) =>
        sessions.ExecuteUpdateAsync(set => set
            .SetProperty(s => s.EndedAt, _ => AccountsDb.ClockTimestamp())
            .SetProperty(s => s.EndReason, reason), cancellation);
}
