using System.Net;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Accounts.Api.Origins;

/// <summary>Which proxies are believed.</summary>
public static class ProxySetup
{
    private const int BitsBeforeIPv4 = 96;

    /// <summary>The framework's own middleware, which a variable of the environment (ASPNETCORE_FORWARDEDHEADERS_ENABLED) puts in front, believes nobody.</summary>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services) =>
        services.PostConfigure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.None);

    public static IPNetwork[] ParseAll(string list) => [.. SettingsSetup.Parts(list).Select(Parse).OfType<IPNetwork>()];

    /// <summary>Null where it is neither an address nor a network.</summary>
    public static IPNetwork? Parse(string entry)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            return Plain(new IPNetwork(address, address.GetAddressBytes().Length * 8));
        }
        return IPNetwork.TryParse(entry, out var network) ? Plain(network) : null;
    }

    /// <summary>An IPv4 network in the clothes of IPv6 is an IPv4 network, as a client is.</summary>
    private static IPNetwork Plain(IPNetwork network) => network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= BitsBeforeIPv4
        ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - BitsBeforeIPv4)
        : network;
}
