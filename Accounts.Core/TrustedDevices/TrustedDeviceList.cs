using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.TrustedDevices;

/// <summary>A trusted device as its user sees it.</summary>
/// <param name="Device">as it is stored</param>
/// <param name="Current">whether it is the one that asks</param>
public sealed record ListedTrust(TrustedDevice Device, bool Current);

/// <summary>The devices that a user trusts and that are still spared, newest first.</summary>
public sealed class TrustedDeviceList(AccountsDb db)
{
    public async Task<ListedTrust[]> ReadAsync(Guid userId, Device asking, CancellationToken cancellation)
    {
        var devices = from d in db.TrustedDevices.AsNoTracking()
                      join u in db.Users on d.UserId equals u.Id
                      where d.UserId == userId && d.SecurityStamp == u.SecurityStamp && d.Epoch == u.SessionsEpoch && d.ExpiresAt > AccountsDb.ClockTimestamp()
                      orderby d.CreatedAt descending
                      select d;
        var here = TrustTokens.Of(asking.Trust, userId) is { } token ? OpaqueToken.Hash(token) : [];
        return [.. (await devices.ToListAsync(cancellation)).Select(device => new ListedTrust(device, device.TokenHash.AsSpan().SequenceEqual(here)))];
    }
}
