using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.TrustedDevices;

/// <summary>
/// A browser on which a user is not asked for a second factor for a while. It proves nothing: all that it does is to spare the question. Good as
/// long as the user's stamp and epoch are those of then, whatever becomes of the row.
/// </summary>
public sealed class TrustedDevice
{
    /// <summary>Of one user: with one more the oldest goes.</summary>
    public const int MostOfOneUser = 50;

    public const int LongestName = 100;

    private TrustedDevice()
    {
    }

    public Guid UserId { get; private set; }

    public Guid Id { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public string SecurityStamp { get; private set; } = "";

    public long Epoch { get; private set; }

    /// <summary>As people call the device, and sessions do.</summary>
    public string Name { get; private set; } = "";

    public string Ip { get; private set; } = "";

    /// <summary>By the database's clock, as are the other times.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the question was spared last.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The token comes out here and nowhere else: the row keeps its hash.</summary>
    /// <param name="user">who has just proved a second factor</param>
    /// <param name="device">on it</param>
    /// <param name="now">the database's time</param>
    /// <param name="lifetime">from now on</param>
    /// <param name="token">43 characters</param>
    public static TrustedDevice For(User user, Device device, DateTimeOffset now, TimeSpan lifetime, out string token)
    {
        token = OpaqueToken.New();
        return new TrustedDevice
        {
            UserId = user.Id,
            Id = Guid.CreateVersion7(now),
            TokenHash = OpaqueToken.Hash(token),
            SecurityStamp = user.SecurityStamp!,
            Epoch = user.SessionsEpoch,
            Name = device.Name,
            Ip = device.Ip.ToString(),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + lifetime,
        };
    }
}
