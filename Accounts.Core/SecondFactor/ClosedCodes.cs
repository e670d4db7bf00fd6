using Accounts.Core.Audit;
using Accounts.Core.Notices;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>Tells a user that so many codes were wrong that no more are looked at for a while. The count is kept outside of transactions, and so must be the word of it.</summary>
public sealed class ClosedCodes(FactorThrottle throttle, SecurityLog events, Notice notice)
{
    private Action? told;

    /// <summary>Saved by the caller.</summary>
    public async Task TellAsync(User user, Device device, CancellationToken cancellation)
    {
        told = await throttle.AdmitsMailAsync(user, cancellation)
            ? () => notice.Add(SecurityEventKind.SecondFactorLocked, user, null, device, new SecondFactorLockedMail())
            : () => events.Add(SecurityEventKind.SecondFactorLocked, user.Id, null, device);
        told();
    }

    /// <summary>For who has tried a code inside a transaction that was taken back, and with it what was told. Saved by the caller, who has forgotten all else.</summary>
    public void TellAgain() => told?.Invoke();
}
