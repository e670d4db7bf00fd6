using System.Net;
using Accounts.Core;
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
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Hop by hop as far as each is listed, however many there are.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in Parse(origins.Value.TrustedProxies))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
        return services;
    }

    /// <exception cref="StartupException">an entry is neither an address nor a network</exception>
    public static IEnumerable<IPNetwork> Parse(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseEntry);

    private static IPNetwork ParseEntry(string entry)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }
        return IPNetwork.TryParse(entry, out var network) ? network : throw new StartupException(
            $"Accounts__TrustedProxies contains \"{entry}\", which is neither an address (10.0.0.7) nor a network (10.0.0.0/8).");
    }
}
