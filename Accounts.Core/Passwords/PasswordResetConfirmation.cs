using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passwords;

/// <summary>The token of a reset mail and a new password. A null is a field that could not be read, which <c>errors</c> already tells of.</summary>
/// <param name="Token">as the mail brought it</param>
/// <param name="Password">the new one</param>
/// <param name="PasswordField">the field that a bad password is reported under</param>
public sealed record PasswordResetForm(string? Token, string? Password, string PasswordField)
{
    public override string ToString() => nameof(PasswordResetForm);
}

/// <summary>
/// Choosing a new password by the link of a mail. It proves the mailbox, and so the address; it signs nobody in, and
/// ends whatever anybody had of the account before.
/// </summary>
public sealed class PasswordResetConfirmation(
    AccountsDb db, PasswordResetTokens tokens, NewPassword passwords, PasswordNotice notice, SecurityLog events, AccountThrottle throttle,
    BrowserProof proofs)
{
    /// <param name="form">what was sent</param>
    /// <param name="errors">what reading the form has found already</param>
    /// <param name="device">that it came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">with every field at fault; the token is not spent</exception>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old</exception>
    public async Task ConfirmAsync(PasswordResetForm form, FieldErrors errors, Device device, CancellationToken cancellation)
    {
        errors.ThrowIfAny();
        var (token, owner) = await tokens.FindAsync(form.Token!, cancellation);
        passwords.Check(errors, form.PasswordField, form.Password, owner);
        var hash = await passwords.HashAsync(form.Password!, device, cancellation);
        await SaveAsync(token, hash, device, cancellation);
        var known = proofs.NameFor(SecretUse.DeviceCookies, device.Cookie, owner.Id);
        await throttle.ForgetAllAsync([owner.NormalizedEmail!, owner.NormalizedUserName!], device, known);
    }

    private async Task SaveAsync(EmailVerificationToken token, string hash, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await LockAsync(token, cancellation);
        await tokens.SpendAsync(token, cancellation);
        if (!user.EmailConfirmed)
        {
            await DisownAsync(user, device, cancellation);
        }
        user.ResetPassword(hash);
        await tokens.RevokeAsync(user, cancellation);
        await db.EndAllSessionsAsync(user.Id, SessionEnd.UserEnded, except: null, cancellation);
        await notice.AddAsync(SecurityEventKind.PasswordReset, user, null, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The user's row first, as everywhere: of several resets at once one finds the token unspent, and sign-ins in flight wait.</summary>
    private async Task<User> LockAsync(EmailVerificationToken token, CancellationToken cancellation) => await db.Users
        .FromSql($"SELECT * FROM users WHERE id = {token.UserId} AND email = {token.Email} AND is_active AND deleted_at IS NULL FOR NO KEY UPDATE")
        .SingleOrDefaultAsync(cancellation) ?? throw VerificationTokens.Invalid();

    /// <summary>Until now the account may have been anybody's who knows the address: what they connected and began goes. Sessions go in any case.</summary>
    private async Task DisownAsync(User user, Device device, CancellationToken cancellation)
    {
        await tokens.RevokeUndoAsync(user, cancellation);
        if (await db.SocialAccounts.Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancellation) > 0)
        {
            events.Add(SecurityEventKind.SocialAccountDisconnected, user.Id, null, device);
        }
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
    }
}
