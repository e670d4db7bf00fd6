using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Accounts.Core.Social.Ownership;

/// <summary>An identity that is somebody's already, and what its provider says of it now.</summary>
public sealed class KnownIdentity(AccountsDb db, SecurityLog events)
{
    /// <summary>Null where it is nobody's.</summary>
    public Task<User?> OwnerAsync(ExternalProfile profile, CancellationToken cancellation) => (
        from account in db.SocialAccounts.Of(profile)
        join user in db.Users on account.UserId equals user.Id
        select user).AsNoTracking().SingleOrDefaultAsync(cancellation);

    /// <summary>The provider's word of today verifies the address that is the user's. An unverified account has no identity but the one that it was made by, so that this is its owner.</summary>
    public async Task VerifyAsync(User owner, ExternalProfile profile, Device device, CancellationToken cancellation)
    {
        if (owner.EmailConfirmed || !profile.EmailVerified || profile.Email?.Key != owner.NormalizedEmail)
        {
            return;
        }
        var verified = await db.Users.Where(u => u.Id == owner.Id && u.Email == owner.Email && u.SecurityStamp == owner.SecurityStamp)
            .VerifyAsync(VerifiedBy.Provider, cancellation);
        if (verified == 1)
        {
            owner.EmailConfirmed = true;
            events.Add(SecurityEventKind.EmailVerified, owner.Id, null, device);
        }
    }

    /// <summary>One row, unless the identity has been disconnected meanwhile. What the provider withheld, or tells but once, stays as it was.</summary>
    public Task<int> TouchAsync(User owner, ExternalProfile profile, CancellationToken cancellation) => db.SocialAccounts.Of(profile)
        .Where(a => a.UserId == owner.Id).ExecuteUpdateAsync(set => Keep(set, profile), cancellation);

    private static void Keep(UpdateSettersBuilder<SocialAccount> set, ExternalProfile profile)
    {
        set.SetProperty(a => a.LastLogin, _ => AccountsDb.ClockTimestamp());
        if (profile.Withheld is null)
        {
            set.SetProperty(a => a.Email, profile.Email?.Text).SetProperty(a => a.EmailVerified, profile.EmailVerified);
        }
        if (profile.Withheld is null && profile.IsDescribed)
        {
            set.SetProperty(a => a.ExtraData, profile.ExtraData);
        }
    }
}
