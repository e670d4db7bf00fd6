using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Recovery;

/// <summary>Mails the link that has a frozen account back, to the address that was the user's before the change; saved by the caller.</summary>
public sealed class RecoveryMail(AccountsDb db, MailedTokenStore tokens, MailQueue mails, MailThrottle throttle, MailLinks links)
{
    /// <param name="user">whose account it is; the caller holds the row</param>
    /// <param name="change">that was frozen</param>
    /// <param name="atOnce">whatever has been mailed before</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(User user, AccountChange change, bool atOnce, CancellationToken cancellation)
    {
        var address = EmailAddress.Parse(change.Email);
        if (!await throttle.AdmitsAsync(MailPurpose.Recovery, address, cancellation) && !atOnce)
        {
            return;
        }
        await tokens.SupersedeAsync(user, TokenPurpose.Recover, cancellation);
        var token = MailedToken.ForRecovery(user, address, await db.ReadClockAsync(cancellation), out var text);
        db.MailedTokens.Add(token);
        mails.Add(new RecoverAccountMail(links.Recover(text), MailedToken.ResetLifetime), user, address, token.ExpiresAt);
    }
}
