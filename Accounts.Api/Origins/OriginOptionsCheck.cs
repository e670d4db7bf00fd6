using Accounts.Core.Settings;

namespace Accounts.Api.Origins;

internal sealed class OriginOptionsCheck(IHostEnvironment environment) : SettingsCheck<OriginOptions>
{
    protected override IEnumerable<string> Mistakes(OriginOptions options)
    {
        foreach (var origin in SettingsSetup.Parts(options.AllowedOrigins))
        {
            if (!SettingsSetup.IsOrigin(origin))
            {
                yield return $"Accounts__AllowedOrigins lists \"{origin}\": list each origin as browsers write it, for example https://app.example.com; there are no wildcards, because listed origins act with their users' cookies.";
            }
            else if (!environment.IsDevelopment() && SettingsSetup.IsWebOrigin(origin) && new Uri(origin) is { Scheme: "http", IsLoopback: false })
            {
                yield return $"Accounts__AllowedOrigins lists {origin}: outside Development an origin must be https, or http on loopback.";
            }
        }
        foreach (var header in SettingsSetup.Parts(options.AllowedHeaders).Where(header => !IsName(header)))
        {
            yield return $"Accounts__AllowedHeaders lists \"{header}\", which is no name of a header: list each by its name (x-client-version), for there are no wildcards.";
        }
        foreach (var entry in SettingsSetup.Parts(options.TrustedProxies).Where(entry => ProxySetup.Parse(entry) is null))
        {
            yield return $"Accounts__TrustedProxies lists \"{entry}\", which is neither an address (10.0.0.7) nor a network (10.0.0.0/24).";
        }
        foreach (var entry in SettingsSetup.Parts(options.TrustedProxies).Where(entry => ProxySetup.Parse(entry) is { PrefixLength: 0 }))
        {
            yield return $"Accounts__TrustedProxies lists {entry}, which is everybody, so that anybody could claim to be any client: list the proxies' own addresses or network, for example 10.0.0.0/24.";
        }
    }

    private static bool IsName(string header) => header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
