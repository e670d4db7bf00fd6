using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Recovery;

/// <summary>Brings a frozen account back to what it was before the change that was frozen, but for the password, which is a new one.</summary>
public sealed class FormerState(AccountsDb db, ChangeUndo undo, MailedTokenStore tokens, Revocation revocation, Notice notice)
{
    /// <param name="user">whose row the caller holds, and saves</param>
    /// <param name="address">that the token was mailed to</param>
    /// <param name="hash">of the new password</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>what is not as it was</returns>
    /// <exception cref="RefusedException">the change cannot be undone any more</exception>
    public async Task<string[]> BringBackAsync(User user, string address, string hash, Device device, CancellationToken cancellation)
    {
        var first = await db.AccountChanges.AsNoTracking().Frozen().Where(c => c.UserId == user.Id && c.Email == address).OrderBy(c => c.At)
            .FirstOrDefaultAsync(cancellation) ?? throw MailedTokenStore.Invalid();
        var (proved, now) = (EmailAddress.Parse(address), await db.ReadClockAsync(cancellation));
        var kept = await undo.UndoAsync(await db.AccountChanges.Since(first).ToListAsync(cancellation), user, cancellation);
        var ways = user.Ways;
        await undo.UndoAsync(await db.AccountChanges.GivingWaysBefore(first, undo.GivingWays).ToListAsync(cancellation), user, cancellation);
        if (user.NormalizedEmail != proved.Key)
        {
            // What was kept of it cannot be opened any more. It must not stay the thief's, who would be a reset away from the account.
            user.ChangeAddress(proved, VerifiedBy.Reset, now);
        }
        // What a reset takes away goes here too, and is named: whoever reads this mailbox has proved no less.
        await revocation.RevokeAsync(user, user.EmailConfirmed ? RevocationReason.PasswordReset : RevocationReason.Disowned, device, cancellation);
        await tokens.RevokeAsync(user, TokenPurpose.Recover, cancellation);
        user.Thaw();
        user.ResetPassword(hash, now);
        kept = [.. kept, .. revocation.TitlesOf(ways.Except(user.Ways))];
        notice.Add(SecurityEventKind.AccountRecovered, user, null, device, new AccountRecoveredMail(kept));
        return kept;
    }
}
