using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.OldTokens;

/// <summary>Remembers which old tokens have been taken, inside the transaction of the caller, who holds the user's row.</summary>
public sealed class TakenTokens(AccountsDb db, IOptions<SessionOptions> options)
{
    /// <returns>whether this call took it</returns>
    public async Task<bool> TakeAsync(User user, OldToken old, CancellationToken cancellation) => await db.Database.ExecuteSqlAsync($"""
        INSERT INTO old_tokens (user_id, token_hash, taken_at, expires_at) VALUES ({user.Id}, {old.Hash}, clock_timestamp(), {old.GoodUntil})
        ON CONFLICT (user_id, token_hash) DO NOTHING
        """, cancellation) == 1;

    /// <summary>What it was taken for.</summary>
    public Task<int> NameAsync(User user, OldToken old, Guid sessionId, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"UPDATE old_tokens SET session_id = {sessionId} WHERE user_id = {user.Id} AND token_hash = {old.Hash}", cancellation);

    /// <summary>The session that it was taken for a moment ago, by another tab perhaps; null where that is longer ago than the leeway.</summary>
    public Task<Guid?> SessionOfAsync(User user, OldToken old, CancellationToken cancellation)
    {
        var (hash, leeway) = (old.Hash, options.Value.ReuseLeeway);
        return db.TakenTokens.Where(t => t.UserId == user.Id && t.TokenHash == hash && t.TakenAt > AccountsDb.ClockTimestamp() - leeway)
            .Select(t => t.SessionId).SingleOrDefaultAsync(cancellation);
    }
}
