using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.ProgramTokens;

/// <summary>Ends personal tokens inside the caller's transaction. Those of an epoch that is over need it not: they are good for nothing.</summary>
public static class PersonalTokenEnding
{
    /// <summary>Every one of the user, whose row the caller holds.</summary>
    public static Task<int> EndPersonalTokensAsync(this AccountsDb db, Guid userId, CancellationToken cancellation) =>
        db.PersonalTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(cancellation);

    /// <summary>Those that were made since a session began: whoever had it may have made one.</summary>
    public static Task<int> EndPersonalTokensSinceAsync(this AccountsDb db, Guid userId, Guid sessionId, CancellationToken cancellation) =>
        db.PersonalTokens.Where(t => t.UserId == userId && db.Sessions.Any(s => s.UserId == userId && s.Id == sessionId && s.CreatedAt <= t.CreatedAt))
            .ExecuteDeleteAsync(cancellation);
}
