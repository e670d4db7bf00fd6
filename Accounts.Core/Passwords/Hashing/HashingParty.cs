namespace Accounts.Core.Passwords.Hashing;

/// <summary>Whose hashes are begun first.</summary>
public enum HashingRank
{
    /// <summary>Who signs in on a device on which that user has signed in before.</summary>
    KnownDevice,

    /// <summary>Who showed a mailed token, or a live session.</summary>
    Proven,

    Anybody,
}

/// <summary>Who wants a hash.</summary>
/// <param name="Rank">whom it goes before</param>
/// <param name="Network">whose neighbours share an allowance</param>
/// <param name="User">whose it is, where that is proved; else null, or strangers could keep a user waiting</param>
public sealed record HashingParty(HashingRank Rank, string Network, Guid? User)
{
    public static HashingParty Anybody(Device device) => new(HashingRank.Anybody, device.Network, null);

    public static HashingParty KnownDevice(Device device, Guid user) => new(HashingRank.KnownDevice, device.Network, user);

    public static HashingParty Proven(Device device, Guid user) => new(HashingRank.Proven, device.Network, user);
}
