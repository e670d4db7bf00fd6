using System.Net;
using System.Net.Sockets;

namespace Accounts.Core.Outgoing;

/// <summary>
/// Tells an address of the open internet from all others: this machine, its network, a cloud's metadata, and IPv6's wrappings of such addresses
/// (mapped, NAT64, 6to4, Teredo, ISATAP), which lead there by a way round. IANA's registries of special-purpose addresses.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Special = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Looks like any other, and is Azure's own within each of its networks (Microsoft, "What is IP address 168.63.129.16?").
        "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(IPNetwork.Parse)];

    /// <summary>All that is given out of IPv6; the rest is local, or means something else.</summary>
    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address) => !address.IsIPv4MappedToIPv6
        && (address.AddressFamily == AddressFamily.InterNetwork || (GivenOut.Contains(address) && !IsTunnelled(address)))
        && !Array.Exists(Special, network => network.Contains(address));

    /// <summary>Behind such an interface's name stands an IPv4 address of a site, whatever the network before it (RFC 5214).</summary>
    private static bool IsTunnelled(IPAddress address) => address.GetAddressBytes().AsSpan(8, 4) is [0 or 2, 0, 0x5e, 0xfe];
}
