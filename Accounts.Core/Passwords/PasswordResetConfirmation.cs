using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>The token of a reset mail, and the password to be.</summary>
public sealed record PasswordResetForm(string Token, NewPassword NewPassword)
{
    public override string ToString() => nameof(PasswordResetForm);
}

/// <summary>
/// Choosing a new password by the link of a mail. It proves the mailbox, and so the address; it signs nobody in, and
/// ends whatever anybody had of the account before.
/// </summary>
public sealed class PasswordResetConfirmation(
    AccountsDb db, MailedTokenStore tokens, Revocation revocation, NewPasswords passwords, PasswordNotice notice, SecurityLog events, AccountThrottle throttle)
{
    /// <param name="form">what was sent</param>
    /// <param name="device">that it came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">with every field at fault; the token is not spent</exception>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long; the token is not spent</exception>
    public async Task ConfirmAsync(PasswordResetForm form, Device device, CancellationToken cancellation)
    {
        var (_, owner) = await tokens.FindAsync(form.Token, TokenPurpose.Reset, cancellation);
        passwords.Demand(form.NewPassword, owner);
        using var place = await passwords.TakeTurnAsync(owner, device, cancellation);
        // Once more: of many at once the first spends it, and the others cost no hash.
        var (token, _) = await tokens.FindAsync(form.Token, TokenPurpose.Reset, cancellation);
        var hash = await passwords.HashAsync(place, form.NewPassword, cancellation);
        await SaveAsync(token, hash, device, cancellation);
        await throttle.ForgetAllAsync(owner.NormalizedEmail!, device);
    }

    private async Task SaveAsync(MailedToken token, string hash, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await LockAsync(token, cancellation);
        await tokens.SpendAsync(token, cancellation);
        await revocation.RevokeAsync(user, user.EmailConfirmed ? RevocationReason.PasswordReset : RevocationReason.Disowned, device, cancellation);
        if (!user.EmailConfirmed)
        {
            events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        }
        user.ResetPassword(hash, await db.ReadClockAsync(cancellation));
        await notice.AddAsync(SecurityEventKind.PasswordReset, user, null, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The user's row first, as everywhere: of several resets at once one finds the token unspent, and sign-ins in flight wait.</summary>
    private async Task<User> LockAsync(MailedToken token, CancellationToken cancellation) =>
        await db.LockUserAsync(token.UserId!.Value, cancellation) is { } user && user.Email == token.Email ? user : throw MailedTokenStore.Invalid();
}
