using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Recovery;

/// <summary>
/// "This wasn't me", by the link of a mail about a change: sessions end and nobody signs in, no more, for mails are forwarded. Going back is
/// asked at the mailbox of before.
/// </summary>
public sealed class AccountFreeze(AccountsDb db, MailedTokenStore tokens, RecoveryMail mail, MailQueue mails, SecurityLog events)
{
    /// <summary>Long enough for a factor to have waited, and for its owner to come back then.</summary>
    private static readonly TimeSpan Shortest = RecoveryFactor.Wait + TimeSpan.FromDays(2);

    /// <summary>Doing it again mails again, and changes nothing else.</summary>
    /// <exception cref="RefusedException">the link is unknown, too old, of a change that was undone or came after one that was frozen</exception>
    public async Task FreezeAsync(string token, Device device, CancellationToken cancellation)
    {
        var userId = await db.AccountChanges.OfLink(token).Select(c => (Guid?)c.UserId).SingleOrDefaultAsync(cancellation) ?? throw MailedTokenStore.Invalid();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockAnyUserAsync(userId, cancellation);
        // Looked up once more: an earlier change may have been frozen, or this one undone, while the user's row was waited for.
        if (!user.IsThere() || await db.AccountChanges.OfLink(token).SingleOrDefaultAsync(cancellation) is not { } change)
        {
            throw MailedTokenStore.Invalid();
        }
        // Not frozen any more, by whatever way: the link is as good as before.
        var stops = change.FrozenAt is null || !user.IsFrozen();
        if (stops)
        {
            await StopAsync(change, user, device, cancellation);
        }
        await mail.AddAsync(user, change, atOnce: stops, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// No freeze ends before those links would have that it makes void, nor before its mail was read: the link of a change of 7 days ago would
    /// let a thief out of the freeze.
    /// </summary>
    private async Task<DateTimeOffset> EndAsync(AccountChange change, DateTimeOffset now, CancellationToken cancellation)
    {
        var last = await db.AccountChanges.Since(change).MaxAsync(c => c.ExpiresAt, cancellation);
        return last > now + Shortest ? last : now + Shortest;
    }

    /// <summary>Of links of later changes, and of what they have brought about, nothing is of use any more: their mails may have been somebody else's.</summary>
    private async Task StopAsync(AccountChange change, User user, Device device, CancellationToken cancellation)
    {
        var now = await db.ReadClockAsync(cancellation);
        change.Freeze(now, await EndAsync(change, now, cancellation));
        user.Freeze(change.ExpiresAt);
        await db.EndAllSessionsAsync(user.Id, SessionEnd.Disowned, cancellation);
        if (await db.EndFactorResetAsync(user.Id, cancellation))
        {
            // Nobody could use a factor meanwhile, and whose the account is has to be found out first.
            events.Add(SecurityEventKind.UserFactorResetCancelled, user.Id, null, device);
        }
        await WithdrawMailsAsync(change, user, cancellation);
        await db.AccountChanges.VoidAfterAsync(change, cancellation);
        foreach (var purpose in new[] { TokenPurpose.Recover, TokenPurpose.Reset, TokenPurpose.Change, TokenPurpose.Erase })
        {
            await tokens.RevokeAsync(user, purpose, cancellation);
        }
        events.Add(SecurityEventKind.AccountFrozen, user.Id, null, device);
    }

    /// <summary>Whoever has changed the address is told nothing more.</summary>
    private async Task WithdrawMailsAsync(AccountChange change, User user, CancellationToken cancellation)
    {
        var later = await db.AccountChanges.Since(change).Select(c => c.Email).ToListAsync(cancellation);
        await mails.WithdrawAsync([.. later.Append(user.Email!).Where(address => address != change.Email).Distinct()], cancellation);
    }
}
