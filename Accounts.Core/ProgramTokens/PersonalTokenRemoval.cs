using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.ProgramTokens;

/// <summary>Ends a personal token, at once and on every node.</summary>
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
}
