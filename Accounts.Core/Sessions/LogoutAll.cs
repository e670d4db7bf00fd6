using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>What signing out everywhere has done.</summary>
/// <param name="Ended">how many live sessions it ended</param>
/// <param name="Bond">by which the device is known from now on, where it was and its session stays; else null</param>
public sealed record LoggedOutAll(int Ended, DeviceBond? Bond);

/// <summary>Signing out everywhere, or everywhere else. It ends what other devices are known by, too.</summary>
public sealed class LogoutAll(AccountsDb db, LiveSessionRule rule, KnownDevices devices, SecurityLog events)
{
    /// <exception cref="AuthenticationFailedException">the session that asks has ended meanwhile</exception>
    public async Task<LoggedOutAll> LogoutAsync(LiveSession asking, bool keepCurrent, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(asking.User.Id, asking.SessionId, cancellation);
        var live = await CountAsync(user.Id, cancellation);
        await db.EndAllSessionsAsync(user.Id, SessionEnd.LogoutAll, cancellation);
        if (keepCurrent)
        {
            await db.KeepSessionAsync(user.Id, asking.SessionId, cancellation);
        }
        events.Add(SecurityEventKind.SignedOutEverywhere, user.Id, asking.SessionId, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return keepCurrent ? new LoggedOutAll(live - 1, NextBond(user, device)) : new LoggedOutAll(live, null);
    }

    private Task<int> CountAsync(Guid userId, CancellationToken cancellation)
    {
        var statement = $"SELECT count(*)::int AS \"Value\" FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.user_id = {{0}} AND {rule.IsLive}";
        return db.Database.SqlQueryRaw<int>(statement, userId).SingleAsync(cancellation);
    }

    /// <summary>The user was loaded before the epoch rose. Whoever has nothing but an access token does not become a known device by it.</summary>
    private DeviceBond? NextBond(User user, Device device) =>
        devices.NameFor(device.Cookie, user) is null ? null : DeviceBond.Of(user) with { Epoch = user.SessionsEpoch + 1 };
}
