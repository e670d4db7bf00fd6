using System.Net;
using System.Net.Sockets;

namespace Accounts.Core;

/// <summary>What a request shows of the device that sent it: its address and user agent.</summary>
public sealed record Device(IPAddress Ip, string UserAgent)
{
    public const int LongestUserAgent = 400;

    /// <summary>Of what this server does by itself.</summary>
    public static readonly Device Nobody = new(IPAddress.None, "");

    /// <summary>The device cookie as it came; what it proves is asked for one user.</summary>
    public string? Cookie { get; init; }

    /// <summary>What the browser keeps of users who trust it, as it came; whether that holds is asked for one user.</summary>
    public string? Trust { get; init; }

    /// <summary>The tag of the language that its user prefers, among those that we have; null where they prefer none of them.</summary>
    public string? Locale { get; init; }

    /// <summary>Whom its neighbours share an allowance with: the /24 of an IPv4 address, the /64 of an IPv6 one.</summary>
    public string Network => NetworkOf(Ip);

    /// <summary>One client, as far as an address tells: an IPv4 address, the /64 of an IPv6 one.</summary>
    public string Client => ClientOf(Ip);

    public static string ClientOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : NetworkOf(address);

    /// <summary>The /48 of an IPv6 address, which is one customer of a provider's, or many.</summary>
    public static string SiteOf(IPAddress address) => Prefix(address, bytesOfIPv6: 6);

    private static string NetworkOf(IPAddress address) => Prefix(address, bytesOfIPv6: 8);

    /// <summary>As people call it.</summary>
    public string Name => DeviceName.Of(UserAgent).ToString();

    /// <summary>Another kind of browser, in another neighbourhood (/24, or /48 of IPv6), than one that was stored.</summary>
    /// <param name="ip">as it is stored with a session</param>
    /// <param name="userAgent">as it is stored with a session</param>
    public bool IsElsewhere(string ip, string userAgent) =>
        BrowserFamily(UserAgent) != BrowserFamily(userAgent)
        && IPAddress.TryParse(ip, out var address) && SiteOf(Ip) != SiteOf(address);

    /// <summary>By the same name, in the same neighbourhood, as one that was stored.</summary>
    /// <param name="ip">as it is stored with an event</param>
    /// <param name="userAgent">as it is stored with an event</param>
    public bool IsLike(string ip, string userAgent) =>
        IPAddress.TryParse(ip, out var address) && SiteOf(Ip) == SiteOf(address)
        && DeviceName.Of(UserAgent).System == DeviceName.Of(userAgent).System && BrowserFamily(UserAgent) == BrowserFamily(userAgent);

    /// <summary>What survives an update: the browser's name, else the name of the first product.</summary>
    private static string BrowserFamily(string userAgent) => DeviceName.Of(userAgent).Browser ?? userAgent.Split('/', ' ')[0];

    private static string Prefix(IPAddress address, int bytesOfIPv6) =>
        Convert.ToHexString(address.GetAddressBytes(), 0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : bytesOfIPv6);
}
