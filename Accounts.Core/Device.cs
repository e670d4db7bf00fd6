using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core;

/// <summary>What a request shows of the device that sent it: its address and user agent.</summary>
public sealed record Device(IPAddress Ip, string UserAgent)
{
    public const int LongestUserAgent = 400;

    /// <summary>The device cookie as it came; what it proves is asked for one user.</summary>
    public string? Cookie { get; init; }

    /// <summary>Whether the user who is being signed in has signed in on it before.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whom its neighbours share an allowance with: the /24 of an IPv4 address, the /64 of an IPv6 one.</summary>
    public string Network => NetworkOf(Ip);

    /// <summary>One client, as far as an address tells: an IPv4 address, the /64 of an IPv6 one.</summary>
    public string Client => ClientOf(Ip);

    /// <summary>Recognises the user agent that rotated a token, without keeping a second copy of it.</summary>
    public byte[] UserAgentHash => SHA256.HashData(Encoding.UTF8.GetBytes(UserAgent))[..16];

    public static string ClientOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : NetworkOf(address);

    private static string NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var prefix = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        return Convert.ToHexString(bytes, 0, prefix);
    }
}
