using Accounts.Api.Http;
using Accounts.Core.TrustedDevices;

namespace Accounts.Api.TrustedDevices;

/// <summary>A trusted device as its user sees it.</summary>
/// <param name="Current">Whether it is the browser that asks.</param>
/// <param name="Device">What a person calls it: `Firefox on Windows`, `Unknown device`.</param>
/// <param name="Ip">When it was trusted.</param>
/// <param name="LastUsedAt">The last sign-in that was not asked for the second factor.</param>
/// <param name="ExpiresAt">From then on it is.</param>
public sealed record TrustedDeviceResponse(Guid Id, bool Current, string Device, string Ip, DateTime CreatedAt, DateTime LastUsedAt, DateTime ExpiresAt)
    : IAnswer<TrustedDeviceResponse>
{
    public static TrustedDeviceResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d13"), true, "Firefox on Windows", "203.0.113.7", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc),
        new DateTime(2026, 1, 20, 8, 0, 0, DateTimeKind.Utc), new DateTime(2026, 2, 14, 9, 30, 0, DateTimeKind.Utc));

    public static TrustedDeviceResponse Of(ListedTrust listed)
    {
        var device = listed.Device;
        return new(device.Id, listed.Current, device.Name, device.Ip, device.CreatedAt.UtcDateTime, device.LastUsedAt.UtcDateTime, device.ExpiresAt.UtcDateTime);
    }
}
