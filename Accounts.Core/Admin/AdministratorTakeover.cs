using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>
/// Takes an account from whoever has it: it may have been planted at that address by somebody who waits for it to become an administrator's. Password,
/// sessions, identities, factors, mailed links and what could be undone go; the name stays, and so do other roles.
/// </summary>
public sealed class AdministratorTakeover(AccountsDb db, Revocation revocation, MailedTokenStore tokens, MailQueue mails)
{
    /// <summary>Inside the transaction of the caller, who holds the user's row, verifies the address and saves.</summary>
    public async Task TakeAsync(User user, CancellationToken cancellation)
    {
        // As if nobody had proved the address: who has keeps factors otherwise.
        user.EmailConfirmed = false;
        await revocation.RevokeAsync(user, RevocationReason.Disowned, Device.Nobody, cancellation);
        await tokens.RevokeAsync(user, TokenPurpose.Erase, cancellation);
        await tokens.RevokeAsync(user, TokenPurpose.Recover, cancellation);
        await db.AccountChanges.EndAllAsync(user, cancellation);
        user.Activate();
        mails.Add(new AdministratorMadeMail(), user);
    }
}
