using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>What a user is told by mail once the right password was typed; saved with the caller's act.</summary>
public sealed class RightPasswordNotice(AccountsDb db, Notice notice, PasswordResetMail reset)
{
    public void AddAfterFailures(User user, Device device) =>
        notice.Add(SecurityEventKind.SignedInAfterFailures, user, null, device, new SignedInAfterFailuresMail());

    /// <summary>
    /// Where the password lay without protection, whoever has seen it there may be who types it now: it is asked for another one. No budget of mails
    /// holds that back, or a stranger would use it up first.
    /// </summary>
    public async Task AddOutdatedAsync(User user, CancellationToken cancellation)
    {
        if (StoredHash.IsBare(user.PasswordHash!))
        {
            reset.Add(user, MailedToken.ResetLifetime, link => new PasswordOutdatedMail(link, MailedToken.ResetLifetime), await db.ReadClockAsync(cancellation));
        }
    }
}
