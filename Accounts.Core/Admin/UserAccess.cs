using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>What a user is signed in with, and by whom else they are known.</summary>
public sealed class UserAccess(AccountsDb db, SessionList sessions, SocialAccountList identities)
{
    /// <summary>Those that live, newest first.</summary>
    /// <exception cref="NotFoundException">there is no such user</exception>
    public async Task<Session[]> SessionsAsync(Guid id, CancellationToken cancellation)
    {
        await DemandAsync(id, cancellation);
        return await sessions.ReadAsync(id, cancellation);
    }

    /// <summary>At providers, oldest first.</summary>
    /// <exception cref="NotFoundException">there is no such user</exception>
    public async Task<ListedIdentity[]> IdentitiesAsync(Guid id, CancellationToken cancellation)
    {
        await DemandAsync(id, cancellation);
        return await identities.ReadAsync(id, cancellation);
    }

    private async Task DemandAsync(Guid id, CancellationToken cancellation)
    {
        if (!await db.Users.AnyAsync(u => u.Id == id, cancellation))
        {
            throw new NotFoundException();
        }
    }
}
