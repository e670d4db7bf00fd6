using Accounts.Core.Settings;

namespace Accounts.Core.Social.Ownership;

internal sealed class ConnectOptionsCheck : SettingsCheck<ConnectOptions>
{
    protected override IEnumerable<string> Mistakes(ConnectOptions options)
    {
        if (!options.ConnectsAuthoritative && !options.Connect.Equals(ConnectOptions.Never, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"Accounts__Social__Connect is \"{options.Connect}\": choose {ConnectOptions.Authoritative} or {ConnectOptions.Never}.";
        }
    }
}
