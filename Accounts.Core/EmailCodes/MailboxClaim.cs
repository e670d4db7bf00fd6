using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Notices;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>
/// What follows when somebody has proved to read an account's mail. One whose address was verified before keeps everything; one that nobody had
/// proved may have been anybody's until now, and loses whatever anybody had of it, as by a reset.
/// </summary>
public sealed class MailboxClaim(AccountsDb db, Revocation revocation, Notice notice, SecurityLog events, MailLinks links)
{
    /// <summary>Inside the transaction of the caller, who holds the user's row and saves it.</summary>
    public async Task ProveAsync(User user, Device device, CancellationToken cancellation)
    {
        if (user.EmailConfirmed)
        {
            return;
        }
        await revocation.RevokeAsync(user, RevocationReason.Disowned, device, cancellation);
        user.Verify(VerifiedBy.Code, await db.ReadClockAsync(cancellation));
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        notice.Add(SecurityEventKind.UserReclaimed, user, null, device, new AccountClaimedMail(links.ForgotPassword));
    }
}
