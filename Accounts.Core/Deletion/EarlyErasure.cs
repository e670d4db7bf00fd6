using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Deletion;

/// <summary>By the link of the mail that tells of the deletion: the account goes now, and not when its time is over.</summary>
public sealed class EarlyErasure(AccountsDb db, MailedTokenStore tokens, SecurityLog events, ErasureSignal signal)
{
    /// <exception cref="RefusedException">the token is unknown, spent or too old, or the account is back</exception>
    public async Task AskAsync(string token, Device device, CancellationToken cancellation)
    {
        var (found, user) = await tokens.FindForErasureAsync(token, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The user's row first, as everywhere: who has just had the account back keeps it.
        var due = await db.Users.Leaving().Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.EraseAfter, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (due != 1)
        {
            throw MailedTokenStore.Invalid();
        }
        await tokens.SpendAsync(found, cancellation);
        events.Add(SecurityEventKind.AccountErasureAsked, user.Id, null, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        signal.Wake();
    }
}
