using System.Net;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Accounts.Api.Http;

/// <summary>Believes X-Forwarded-For and X-Forwarded-Proto from listed proxies, and nothing else from anybody.</summary>
public static class ProxySetup
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<OriginOptions>>((forwarded, origins) =>
        {
            // Hop by hop as far as each is listed, however many there are.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in SettingsSetup.Parts(origins.Value.TrustedProxies).Select(Parse).OfType<IPNetwork>())
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            // To the middleware an empty list of proxies means that everybody is one.
            forwarded.ForwardedHeaders = forwarded.KnownIPNetworks.Count > 0
                ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                : ForwardedHeaders.None;
        });
        return services;
    }

    /// <summary>Null where it is neither an address nor a network.</summary>
    public static IPNetwork? Parse(string entry)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }
        return IPNetwork.TryParse(entry, out var network) ? network : null;
    }
}
