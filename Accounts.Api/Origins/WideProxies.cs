using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Origins;

/// <summary>Tells at the start of a list of proxies that is wider than any network of proxies: whoever has an address in it says whose request it is.</summary>
public sealed partial class WideProxies(IOptions<OriginOptions> options, ILogger<WideProxies> log)
{
    private const int ShortestUsual = 16;

    public void Tell()
    {
        foreach (var network in Of(options.Value))
        {
            LogWide(Text(network));
        }
    }

    public static IEnumerable<string> Of(OriginOptions options) =>
        SettingsSetup.Parts(options.TrustedProxies).Where(entry => ProxySetup.Parse(entry) is { PrefixLength: < ShortestUsual });

    public static string Text(string network) =>
        $"Accounts__TrustedProxies lists {network}: whoever has an address in it can claim to be any client, and so has no limits. List the proxies' own addresses or network, for example 10.0.0.0/24.";

    [LoggerMessage(LogLevel.Warning, "{Text}")]
    private partial void LogWide(string text);
}
