using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn;

/// <summary>The session that goes on, by its own refresh or session token, while all of its user end.</summary>
public static class CarriedSession
{
    /// <summary>Null where the token is not of an open session of the user, or did not come the way that its tokens go. The caller holds the user's row.</summary>
    public static async Task<Session?> OpenSessionAsync(this AccountsDb db, Guid userId, CarriedCredential? carried, CancellationToken cancellation)
    {
        if (carried is null || carried.Credential.UserId != userId)
        {
            return null;
        }
        var (id, hash) = (carried.Credential.SessionId, carried.Credential.SecretHash);
        return await LiveSessionRule.Open(db).AsNoTracking().SingleOrDefaultAsync(
            s => s.UserId == userId && s.Id == id && s.SecretHash == hash && carried.Ways.Contains(s.Transport), cancellation);
    }
}
