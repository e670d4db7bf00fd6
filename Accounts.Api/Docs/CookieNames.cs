using Accounts.Api.Cookies;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Docs;

/// <summary>The names that our cookies have under the configured address.</summary>
public sealed class CookieNames(RefreshCookie refresh, IOptions<SiteOptions> site)
{
    public const string Refresh = "refresh_token", Device = "device", Registration = "registration", Social = "social";

    public string Of(string name) => name == Refresh ? refresh.Name : SiteCookies.Name(site.Value, name);
}
