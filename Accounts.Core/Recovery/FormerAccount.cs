using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Recovery;

/// <summary>
/// Looks at a frozen account as it will be once it is had back, and leaves it as it is: a factor that was removed since is asked for, and one that
/// was added is not.
/// </summary>
public sealed class FormerAccount(AccountsDb db, MailedTokenStore tokens, ProvenReturn former)
{
    /// <summary>No password can have it.</summary>
    private const string NoHash = "";

    /// <param name="text">the token of the mail that freezing has sent, which is not spent</param>
    /// <param name="look">at the user, inside a transaction that is taken back</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old, or the account is frozen no more</exception>
    /// <exception cref="ConflictException">somebody has the address of before</exception>
    public async Task<T> LookAsync<T>(string text, Func<User, Task<T>> look, Device device, CancellationToken cancellation)
    {
        var (token, _) = await tokens.FindForRecoveryAsync(text, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockAnyUserAsync(token.UserId!.Value, cancellation);
        if (!user.IsFrozen())
        {
            throw MailedTokenStore.Invalid();
        }
        await BringBackAsync(user, new FormerOwner(token.Email, NoHash, null), device, cancellation);
        var seen = await look(user);
        await transaction.RollbackAsync(cancellation);
        db.ChangeTracker.Clear();
        return seen;
    }

    private async Task BringBackAsync(User user, FormerOwner owner, Device device, CancellationToken cancellation)
    {
        await former.BringBackAsync(user, owner, device, cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTakenAddress())
        {
            throw new ConflictException(ErrorCode.EmailTaken);
        }
    }
}
