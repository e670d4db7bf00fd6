using System.Net;
using Accounts.Api.Cookies;
using Accounts.Core;
using Accounts.Core.Texts;

namespace Accounts.Api.Clients;

public static class ClientDevice
{
    /// <summary>What the request shows of the device it comes from.</summary>
    public static Device Device(this HttpContext context) => new(Ip(context), UserAgent(context.Request))
    {
        Locale = context.RequestServices.GetRequiredService<Languages>().Known(context.Request.Headers.AcceptLanguage)?.Tag,
        Cookie = context.RequestServices.GetRequiredService<DeviceCookie>().Read(context),
        Trust = context.RequestServices.GetRequiredService<TrustCookie>().Read(context),
    };

    public static IPAddress Ip(HttpContext context) => Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>An IPv4 client of a dual-stack socket is an IPv4 client.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Cut to what is stored, and never inside of a character: half of one is no text that could be stored.</summary>
    private static string UserAgent(HttpRequest request)
    {
        var text = request.Headers.UserAgent.ToString().Replace('\0', ' ');
        const int longest = Core.Device.LongestUserAgent;
        return text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }
}
