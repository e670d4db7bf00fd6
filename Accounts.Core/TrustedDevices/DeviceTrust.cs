using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.TrustedDevices;

/// <summary>By what a device is trusted from now on.</summary>
/// <param name="UserId">by whom</param>
/// <param name="Token">for the browser to keep</param>
/// <param name="Lifetime">of the trust</param>
public sealed record IssuedTrust(Guid UserId, string Token, TimeSpan Lifetime)
{
    public override string ToString() => nameof(IssuedTrust);
}

/// <summary>Whether the question for a second factor is spared, and where it will be. Of administrators it never is.</summary>
public sealed class DeviceTrust(AccountsDb db, SecurityLog events, IOptions<TrustedDeviceOptions> options)
{
    private TimeSpan Lifetime => TimeSpan.FromDays(options.Value.TrustDays);

    /// <summary>
    /// Inside the transaction of the sign-in. It costs a statement where the browser has a token of the user, which holds the user's row first, as
    /// what ends trust does: of the two at once the sign-in comes before, and its session ends with the others, or it finds no trust.
    /// </summary>
    public async Task<bool> SparesAsync(User user, Device device, CancellationToken cancellation)
    {
        if (!MayTrust(user) || TrustTokens.Of(device.Trust, user.Id) is not { } token)
        {
            return false;
        }
        var hash = OpaqueToken.Hash(token);
        return await db.Database.ExecuteSqlAsync($"""
            WITH owner AS MATERIALIZED (SELECT u.id, u.security_stamp, u.sessions_epoch FROM users u WHERE u.id = {user.Id} FOR NO KEY UPDATE)
            UPDATE trusted_devices d SET last_used_at = clock_timestamp() FROM owner
            WHERE d.user_id = owner.id AND d.token_hash = {hash} AND d.security_stamp = owner.security_stamp AND d.epoch = owner.sessions_epoch
              AND d.expires_at > clock_timestamp()
            """, cancellation) == 1;
    }

    /// <summary>In place of what the browser had of this user; saved by the caller, who holds the user's row.</summary>
    /// <param name="user">as they are now</param>
    /// <param name="device">on which they have just proved a second factor</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>null where no device is trusted</returns>
    public async Task<IssuedTrust?> AddAsync(User user, Device device, CancellationToken cancellation)
    {
        if (!MayTrust(user))
        {
            return null;
        }
        await MakeRoomAsync(user.Id, device, cancellation);
        db.TrustedDevices.Add(TrustedDevice.For(user, device, await db.ReadClockAsync(cancellation), Lifetime, out var token));
        events.Add(SecurityEventKind.DeviceTrusted, user.Id, null, device);
        return new IssuedTrust(user.Id, token, Lifetime);
    }

    private bool MayTrust(User user) => options.Value.TrustDays > 0 && !user.IsAdministrator;

    private Task<int> MakeRoomAsync(Guid userId, Device device, CancellationToken cancellation)
    {
        var before = TrustTokens.Of(device.Trust, userId) is { } token ? OpaqueToken.Hash(token) : [];
        return db.TrustedDevices.Where(d => d.UserId == userId && (d.TokenHash == before
            || db.TrustedDevices.Where(o => o.UserId == userId).OrderByDescending(o => o.CreatedAt).Skip(TrustedDevice.MostOfOneUser - 1).Select(o => o.Id).Contains(d.Id)))
            .ExecuteDeleteAsync(cancellation);
    }
}
