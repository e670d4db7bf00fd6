using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Sessions;

namespace Accounts.Core.Admin;

/// <summary>Ends all that a user is signed in with.</summary>
public sealed class UserSignOut(AccountsDb db)
{
    public UserAct Everywhere() => new(SecurityEventKind.UserSignedOut, async (user, _, cancellation) =>
    {
        user.RenewStamp();
        await db.EndAllSessionsAsync(user.Id, SessionEnd.Administrator, cancellation);
        user.RaiseVersion();
    });
}
