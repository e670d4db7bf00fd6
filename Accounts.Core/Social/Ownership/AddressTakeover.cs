using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Ownership;

/// <summary>
/// Gives a new identity the account that has its address, where the address alone is proof enough; inside the caller's
/// transaction. Judged once more when the account's row is held: a reset or a click may have come between.
/// </summary>
public sealed class AddressTakeover(AccountsDb db, AddressClaim claim, Revocation revocation, SocialNotice notice, TimeProvider time)
{
    /// <param name="holder">who has the address, as they were seen</param>
    /// <param name="profile">of the new identity</param>
    /// <param name="verdict">what was judged of the two then</param>
    /// <param name="attempt">how many usernames have been taken before</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>null when the account is another by now</returns>
    public async Task<User?> TakeAsync(
        User holder, ExternalProfile profile, AddressVerdict verdict, int attempt, Device device, CancellationToken cancellation)
    {
        var user = await db.LockUserAsync(holder.Id, cancellation);
        if (user is null || user.NormalizedEmail != holder.NormalizedEmail || claim.Judge(user, profile) != verdict)
        {
            return null;
        }
        var now = time.GetUtcNow();
        var identity = SocialAccount.OfSignIn(profile, user.Id, now);
        if (verdict == AddressVerdict.Reclaims)
        {
            await revocation.RevokeAsync(user, RevocationReason.Disowned, device, cancellation);
            user.Reclaim(SuggestedUsername.For(profile, attempt), profile.FirstName, profile.LastName, device.Locale, now);
            notice.Reclaimed(user, profile.Provider, device);
        }
        else
        {
            await notice.ConnectedAsync(user, identity, device, cancellation);
        }
        user.AddWay(profile.Provider);
        db.SocialAccounts.Add(identity);
        return user;
    }
}
