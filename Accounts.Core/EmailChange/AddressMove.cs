using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Notices;
using Accounts.Core.Users;

namespace Accounts.Core.EmailChange;

/// <summary>Gives a user another address and tells the one from before, with the link that undoes it; saved by the caller, who holds the user's row.</summary>
public sealed class AddressMove(AccountsDb db, ChangeLog changes, Notice notice, SecurityLog events)
{
    /// <param name="user">who still has the address from before: that is where the mail goes</param>
    /// <param name="address">that its reader has just proved</param>
    /// <param name="own">the session that the link was followed in; null for none</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task MoveAsync(User user, EmailAddress address, Guid? own, Device device, CancellationToken cancellation)
    {
        if (user.EmailConfirmed)
        {
            var link = changes.AddChangedAddress(user, device, KeptAddress.Of(user).Write());
            notice.Add(SecurityEventKind.EmailChanged, user, own, device, new AddressChangedMail(address.Masked, link));
        }
        else
        {
            await LeaveUnprovedAsync(user, own, device, cancellation);
        }
        var by = own is null ? VerifiedBy.LinkElsewhere : VerifiedBy.LinkInSameBrowser;
        user.ChangeAddress(address, by, await db.ReadClockAsync(cancellation));
    }

    /// <summary>Nobody has proved the address from before: it may be mistyped and a stranger's, who is neither told nor given anything to have the account by.</summary>
    private async Task LeaveUnprovedAsync(User user, Guid? own, Device device, CancellationToken cancellation)
    {
        await db.AccountChanges.VoidToldAsync(user, cancellation);
        events.Add(SecurityEventKind.EmailChanged, user.Id, own, device);
    }
}
