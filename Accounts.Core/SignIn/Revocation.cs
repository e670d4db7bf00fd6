using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>What a reset, a change or a disowning takes away: each feature its part, and every session.</summary>
public sealed class Revocation(AccountsDb db, IEnumerable<ISignInPart> parts)
{
    /// <summary>Inside the transaction of the caller, who holds the user's row.</summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            await part.RevokeAsync(user, reason, device, cancellation);
        }
        await db.EndAllSessionsAsync(user.Id, SessionEnd.UserEnded, except: null, cancellation);
    }
}
