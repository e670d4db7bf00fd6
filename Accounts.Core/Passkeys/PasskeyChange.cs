using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Sessions;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Passkeys;

/// <summary>
/// What follows from another set of passkeys, inside the transaction of the caller, who holds the user's row and saves it: the mail with its link,
/// the user's way in, another stamp, and the end of every session but the one that asks.
/// </summary>
public sealed class PasskeyChange(AccountsDb db, ChangeNotice notice, KnownDevices devices)
{
    /// <returns>by what the device is known from now on, where it was; else null</returns>
    public async Task<DeviceBond?> AddedAsync(User user, Passkey passkey, LiveSession live, Device device, CancellationToken cancellation)
    {
        await notice.AddAsync(Of(SecurityEventKind.FactorAdded, user, passkey, live, device), link => new PasskeyAddedMail(InertText.Of(passkey.Name), link), cancellation);
        if (!user.Ways.Contains(Passkey.Way))
        {
            user.AddWay(Passkey.Way);
        }
        return await EndOthersAsync(user, live, device, cancellation);
    }

    /// <inheritdoc cref="AddedAsync"/>
    public async Task<DeviceBond?> RemovedAsync(User user, Passkey passkey, bool isLast, LiveSession live, Device device, CancellationToken cancellation)
    {
        await notice.AddAsync(Of(SecurityEventKind.FactorRemoved, user, passkey, live, device), link => new PasskeyRemovedMail(InertText.Of(passkey.Name), link), cancellation);
        if (isLast)
        {
            user.RemoveWay(Passkey.Way);
        }
        return await EndOthersAsync(user, live, device, cancellation);
    }

    private static ToldChange Of(SecurityEventKind kind, User user, Passkey passkey, LiveSession live, Device device) =>
        new(kind, user, live.SessionId, device) { Reverse = KeptPasskey.Of(passkey) };

    /// <summary>The user was loaded before the epoch rises.</summary>
    private async Task<DeviceBond?> EndOthersAsync(User user, LiveSession live, Device device, CancellationToken cancellation)
    {
        var isKnown = devices.NameFor(device.Cookie, user) is not null;
        user.RenewStamp();
        await db.EndAllSessionsAsync(user.Id, SessionEnd.UserEnded, cancellation);
        await db.KeepSessionAsync(user.Id, live.SessionId, cancellation);
        return isKnown ? DeviceBond.Of(user) with { Epoch = user.SessionsEpoch + 1 } : null;
    }
}
