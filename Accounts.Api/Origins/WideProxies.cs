using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Origins;

/// <summary>Tells at the start of a list of proxies that is wider than any network of proxies: whoever has an address in it says whose request it is.</summary>
public sealed partial class WideProxies(IOptions<OriginOptions> options, ILogger<WideProxies> log)
{
    private const int ShortestUsual = 16;

    public void Tell()
    {
        foreach (var entry in SettingsSetup.Parts(options.Value.TrustedProxies).Where(entry => ProxySetup.Parse(entry) is { PrefixLength: < ShortestUsual }))
        {
            LogWide(entry);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Accounts__TrustedProxies lists {Network}: whoever has an address in it can claim to be any client, and so has no limits. List the proxies' own addresses or network, for example 10.0.0.0/24.")]
    private partial void LogWide(string network);
}
