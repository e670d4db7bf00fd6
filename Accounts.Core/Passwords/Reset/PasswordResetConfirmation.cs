using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;

namespace Accounts.Core.Passwords.Reset;

/// <summary>
/// Choosing a new password by the link or the code of a mail. It proves the mailbox, and so the address; it signs nobody in, and
/// ends whatever anybody had of the account before.
/// </summary>
public sealed class PasswordResetConfirmation(
    AccountsDb db, PresentedReset presented, NewPasswords passwords, PasswordReplacement replacement, AccountThrottle throttle)
{
    /// <param name="form">what was sent</param>
    /// <param name="attempts">of the browser that sent it: its codes count there</param>
    /// <param name="device">that it came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">with every field at fault; neither token nor code is spent</exception>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old; or it is not the code of one that this browser had sent</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long; neither token nor code is spent</exception>
    public async Task ConfirmAsync(PasswordResetForm form, Guid[] attempts, Device device, CancellationToken cancellation)
    {
        var (found, owner) = await presented.FindAsync(form, attempts, device, cancellation);
        passwords.Demand(form.NewPassword, owner);
        using var place = await passwords.TakeTurnAsync(owner, device, cancellation);
        // Once more: of many at once the first spends it, and the others cost no hash.
        var (token, _) = await presented.FindAgainAsync(found, cancellation);
        var hash = await passwords.HashAsync(place, form.NewPassword, cancellation);
        await SaveAsync(token, hash, device, cancellation);
        await throttle.ForgetAllAsync(owner.NormalizedEmail!, device);
    }

    private async Task SaveAsync(MailedToken token, string hash, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await replacement.ReplaceAsync(token, hash, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
