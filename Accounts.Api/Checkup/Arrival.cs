using System.Net;
using System.Net.Sockets;
using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Checkup;
using Accounts.Core.Settings;

namespace Accounts.Api.Checkup;

/// <summary>What is wrong with the way by which a request to PublicUrl arrives.</summary>
public static class Arrival
{
    private static readonly IPNetwork Docker = IPNetwork.Parse("172.16.0.0/12");

    public static IEnumerable<Fault> Faults(SeenRequest seen, SiteOptions site)
    {
        if (!HostString.FromUriComponent(seen.Host).Host.Equals(site.Host, StringComparison.OrdinalIgnoreCase))
        {
            yield return Fault.Problem($"The proxy asks for the host {seen.Host} in place of {site.Host}, which is answered 400: let it pass the header Host on as it came (nginx: proxy_set_header Host $host).");
        }
        var isPassedOn = seen.Forwarded is not null && ForwardedHops.FromTheRight(seen.Forwarded).Any(hop => ForwardedHops.AddressOf(hop)?.ToString() == seen.Client);
        if (seen.Forwarded is not null && !isPassedOn)
        {
            yield return Fault.Problem($"The proxy at {seen.Client} is not listed in Accounts__TrustedProxies: all who come through it are one client, and share one client's limits. Add {seen.Client}, or its network.");
        }
        else if (IsGateway(seen.Client))
        {
            yield return Fault.Problem($"Every client comes as {seen.Client}, the gateway of a container network: the port that is published hides who calls. Put the proxy into that network, publish its ports alone, and list it in Accounts__TrustedProxies.");
        }
        else if (seen.Forwarded is null && site.IsHttps && IPAddress.TryParse(seen.Client, out var client) && IPAddress.IsLoopback(client))
        {
            yield return Fault.Problem("The proxy sends no X-Forwarded-For, so that all who come through it are one client: let it add that header (nginx: proxy_set_header X-Forwarded-For $remote_addr).");
        }
    }

    private static bool IsGateway(string client) =>
        IPAddress.TryParse(client, out var address) && address.AddressFamily == AddressFamily.InterNetwork && Docker.Contains(address) && address.GetAddressBytes()[3] == 1;
}
