using Accounts.Core.Settings;

namespace Accounts.Core.TrustedDevices;

internal sealed class TrustedDeviceOptionsCheck : SettingsCheck<TrustedDeviceOptions>
{
    private const int Most = 365;

    protected override IEnumerable<string> Mistakes(TrustedDeviceOptions options)
    {
        if (options.TrustDays is < 0 or > Most)
        {
            yield return $"Accounts__SecondFactor__TrustDays is {options.TrustDays}: choose 1 to {Most}, or 0 so that no device is trusted.";
        }
    }
}
