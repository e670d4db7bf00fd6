using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Users;

/// <summary>Notes that an address is verified, when and by what, in one update: of any number at once one finds it not verified yet.</summary>
public static class AddressVerification
{
    /// <param name="users">who are to be verified, as they were seen</param>
    /// <returns>how many it has verified</returns>
    public static Task<int> VerifyAsync(this IQueryable<User> users, VerifiedBy by, CancellationToken cancellation) =>
        users.Where(u => !u.EmailConfirmed).ExecuteUpdateAsync(
            set => set
                .SetProperty(u => u.EmailConfirmed, true)
                .SetProperty(u => u.VerifiedAt, _ => AccountsDb.ClockTimestamp())
                .SetProperty(u => u.VerifiedBy, by),
            cancellation);

    /// <summary>By a code that was typed where its mail was asked for: that proves more than a link that was followed elsewhere, and takes its place.</summary>
    /// <returns>how many there were to prove</returns>
    public static Task<int> ProveByCodeAsync(this IQueryable<User> users, CancellationToken cancellation) =>
        users.Where(u => !u.EmailConfirmed || u.VerifiedBy == VerifiedBy.LinkElsewhere).ExecuteUpdateAsync(
            set => set
                .SetProperty(u => u.EmailConfirmed, true)
                .SetProperty(u => u.VerifiedAt, _ => AccountsDb.ClockTimestamp())
                .SetProperty(u => u.VerifiedBy, VerifiedBy.Code),
            cancellation);
}
