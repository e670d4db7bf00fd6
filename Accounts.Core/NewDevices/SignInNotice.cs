using Accounts.Core.Audit;
using Accounts.Core.Sessions;
using Accounts.Core.Users;

namespace Accounts.Core.NewDevices;

/// <summary>
/// Records a sign-in, and tells its user by mail where it is on a device not seen before. Not of the first sign-in of all, which is the
/// account's own, and not to an address that nobody has proved, which may be a stranger's.
/// </summary>
public sealed class SignInNotice(SeenDevices seen, SecurityLog events, NewDeviceNotice notice)
{
    /// <summary>Records that a session has ended because its browser has signed in anew.</summary>
    public void AddReplaced(Guid userId, Guid sessionId, Device device) => events.Add(SecurityEventKind.SignedOut, userId, sessionId, device);

    /// <summary>Inside the transaction of the sign-in, which holds the user's row: of two at once one is told.</summary>
    /// <param name="user">as they were before it</param>
    public async Task AddAsync(User user, Session session, Device device, CancellationToken cancellation)
    {
        events.Add(SecurityEventKind.SignedIn, user.Id, session.Id, device);
        if (!user.HasSignedIn || !user.EmailConfirmed || await seen.HaveAsync(user, device, cancellation))
        {
            return;
        }
        if (await notice.IsDueAsync(user, session, cancellation))
        {
            notice.Add(user, session, device);
        }
        else
        {
            events.Add(SecurityEventKind.SignedInOnNewDevice, user.Id, session.Id, device);
        }
    }
}
