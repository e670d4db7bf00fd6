using Accounts.Core.Settings;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>Remembers who has signed in on this device, so that an attack on the account elsewhere does not lock its owner out here.</summary>
public sealed class DeviceCookie(KnownDevices devices, IOptions<SiteOptions> site)
{
    private string Name => SiteCookies.Name(site.Value, "device");

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);

    public void Set(HttpContext context, DeviceBond bond)
    {
        if (devices.Add(Read(context), bond) is { } cookie)
        {
            context.Response.Cookies.Append(Name, cookie, SiteCookies.Attributes(site.Value, KnownDevices.Lifetime));
        }
    }
}
