using Accounts.Api.Providers.OpenId;
using Accounts.Core.Settings;

namespace Accounts.Api.Providers.Presets;

internal sealed class AppleOptionsCheck(IHostEnvironment environment) : SettingsCheck<AppleOptions>
{
    protected override IEnumerable<string> Mistakes(AppleOptions options)
    {
        if (options.ClientId.Length == 0)
        {
            yield break;
        }
        if (options.TeamId.Length == 0 || options.KeyId.Length == 0 || options.PrivateKey.Length == 0)
        {
            yield return "Accounts__Social__Apple__TeamId, KeyId and PrivateKey belong to Accounts__Social__Apple__ClientId: Apple shows the two ids, and the key is the .p8 file.";
        }
        else if (!AppleClientSecret.CanRead(options.PrivateKey))
        {
            yield return "Accounts__Social__Apple__PrivateKey cannot be read: it is the whole text of the .p8 file, its first and last line included, with \\n for the ends of lines where it must stand on one.";
        }
        if (IssuerAddress.Mistake(options.Issuer, environment) is { } mistake)
        {
            yield return $"Accounts__Social__Apple__Issuer is \"{options.Issuer}\": {mistake}";
        }
    }
}
