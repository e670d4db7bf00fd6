using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>That a user reads the account's mail, shown by a code that was typed where its mail was asked for.</summary>
public sealed class MailboxProof(AccountsDb db, SecurityLog events)
{
    /// <summary>An address that nobody had proved is verified by it, and one that a link elsewhere had is proved better. The caller saves.</summary>
    public async Task ProveAsync(User user, MailedToken mailed, Device device, CancellationToken cancellation)
    {
        var proved = await db.Users.Where(u => u.Id == user.Id && u.Email == mailed.Email).ProveByCodeAsync(cancellation);
        if (proved == 1 && !user.EmailConfirmed)
        {
            events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        }
    }
}
