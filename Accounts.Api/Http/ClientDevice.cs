using System.Net;
using Accounts.Core.Sessions;

namespace Accounts.Api.Http;

public static class ClientDevice
{
    /// <summary>What the request shows of the device it comes from.</summary>
    public static Device Device(this HttpContext context) =>
        new(context.Connection.RemoteIpAddress ?? IPAddress.None, UserAgent(context.Request));

    /// <summary>Cut to what is stored; control characters cannot come through Kestrel, NUL not into the database.</summary>
    private static string UserAgent(HttpRequest request)
    {
        var text = request.Headers.UserAgent.ToString().Replace('\0', ' ');
        return text.Length <= Core.Sessions.Device.LongestUserAgent ? text : text[..Core.Sessions.Device.LongestUserAgent];
    }
}
