using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration.Pending;

public static class PendingSignUps
{
    /// <summary>Those that may still be confirmed.</summary>
    public static IQueryable<PendingSignUp> Alive(this IQueryable<PendingSignUp> signUps) => signUps.Where(s => s.ExpiresAt > AccountsDb.ClockTimestamp());

    /// <summary>
    /// Locks all that wait for an address, first of all rows and in one order: confirming, rejecting and asking for another mail wait for each
    /// other here and nowhere else.
    /// </summary>
    /// <returns>whether there is any</returns>
    public static async Task<bool> LockSignUpsAsync(this AccountsDb db, string emailKey, CancellationToken cancellation)
    {
        var waiting = db.Database.SqlQuery<Guid>($"SELECT s.id FROM pending_sign_ups s WHERE s.email_key = {emailKey} ORDER BY s.id FOR UPDATE");
        return await waiting.ToListAsync(cancellation) is not [];
    }
}
