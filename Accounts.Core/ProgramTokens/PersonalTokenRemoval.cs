using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.ProgramTokens;

/// <summary>Ends a personal token, at once and on every node: for its user, or for whoever holds it.</summary>
public sealed class PersonalTokenRemoval(AccountsDb db, SecurityLog events)
{
    /// <exception cref="NotFoundException">it is not one of this user's</exception>
    public async Task RemoveAsync(Guid userId, Guid id, Device asking, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PersonalTokens.Where(t => t.UserId == userId && t.Id == id).ExecuteDeleteAsync(cancellation) == 0)
        {
            throw new NotFoundException();
        }
        events.Add(SecurityEventKind.PersonalTokenRemoved, userId, null, asking);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Of what is no token, or is over already, nothing is left to end. Once asked for it is done, as a sign-out is.</summary>
    public async Task RevokeAsync(string token, Device asking)
    {
        if (!PersonalTokenText.IsWhole(token))
        {
            return;
        }
        var hash = OpaqueToken.Hash(token);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var owner = await db.PersonalTokens.Where(t => t.TokenHash == hash).Select(t => (Guid?)t.UserId).SingleOrDefaultAsync();
        var good = db.PersonalTokens.Where(t => t.UserId == owner && t.TokenHash == hash && t.ExpiresAt > AccountsDb.ClockTimestamp()
            && db.Users.Any(u => u.Id == t.UserId && u.SessionsEpoch == t.Epoch));
        if (owner is { } userId && await good.ExecuteDeleteAsync() == 1)
        {
            events.Add(SecurityEventKind.PersonalTokenRemoved, userId, null, asking);
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
    }
}
