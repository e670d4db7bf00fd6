namespace Accounts.Core.TrustedDevices;

/// <summary>Where the second factor is not asked for: section <c>Accounts:SecondFactor</c>.</summary>
public sealed class TrustedDeviceOptions
{
    /// <summary>For so many days a device is spared the question whose user wants that; 0: never.</summary>
    public int TrustDays { get; set; } = 30;
}
