using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Sessions;

/// <summary>What a request shows of the device that sent it: its address and user agent.</summary>
public sealed record Device(IPAddress Address, string UserAgent)
{
    public const int LongestUserAgent = 400;

    /// <summary>Whether it brought a valid device cookie: somebody signed in on it before.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whom its neighbours share an allowance with: the /24 of an IPv4 address, the /64 of an IPv6 one.</summary>
    public string Network => Address.IsIPv4MappedToIPv6 ? NetworkOf(Address.MapToIPv4()) : NetworkOf(Address);

    /// <summary>Recognises the user agent that rotated a token, without keeping a second copy of it.</summary>
    public byte[] UserAgentHash => SHA256.HashData(Encoding.UTF8.GetBytes(UserAgent))[..16];

    private static string NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var prefix = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        return Convert.ToHexString(bytes, 0, prefix);
    }
}
