using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;

namespace Accounts.Core.Passwords.Reset;

/// <summary>
/// Sets the new password of who has proved the mailbox, and so the address; ends whatever anybody had of the account before, and tells so.
/// </summary>
public sealed class PasswordReplacement(AccountsDb db, MailedTokenStore tokens, Revocation revocation, PasswordNotice notice, SecurityLog events)
{
    /// <summary>Inside the transaction of the caller, who saves. The user's row first, as everywhere: of several resets at once one finds the token unspent, and sign-ins in flight wait.</summary>
    /// <param name="token">that is spent by it</param>
    /// <param name="hash">of the new password</param>
    /// <param name="device">that it came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="Failures.RefusedException">somebody has been quicker, or the user has changed meanwhile</exception>
    public async Task ReplaceAsync(MailedToken token, string hash, Device device, CancellationToken cancellation)
    {
        var user = await tokens.LockOwnerAsync(token, cancellation);
        await tokens.SpendAsync(token, cancellation);
        await revocation.RevokeAsync(user, user.EmailConfirmed ? RevocationReason.PasswordReset : RevocationReason.Disowned, device, cancellation);
        if (!user.EmailConfirmed)
        {
            events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        }
        user.ResetPassword(hash, await db.ReadClockAsync(cancellation));
        await notice.AddAsync(SecurityEventKind.PasswordReset, user, null, device, cancellation);
    }
}
