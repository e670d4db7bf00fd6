using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>
/// Tells the browser that set out for a provider when it comes back, so that nobody finishes in it what somebody else
/// began. Several tabs share it.
/// </summary>
public sealed class SocialCookie(IOptions<SiteOptions> site, IOptions<SessionOptions> sessions)
{
    private string Name => site.Value.IsHttps ? "__Host-social" : "social";

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);

    /// <summary>The browser's name, for as long as a sign-in at a provider may take from now on.</summary>
    public string Renew(HttpContext context)
    {
        var name = Read(context) is { Length: OpaqueToken.Length } known ? known : OpaqueToken.New();
        context.Response.Cookies.Append(Name, name, Attributes());
        return name;
    }

    /// <summary>Lax also where the refresh cookie is Strict: the way back from a provider begins on another site.</summary>
    private CookieOptions Attributes()
    {
        var attributes = SiteCookies.Attributes(site.Value, SocialState.Lifetime);
        if (IsCrossSite)
        {
            attributes.SameSite = SameSiteMode.None;
            attributes.Extensions.Add("Partitioned");
        }
        return attributes;
    }

    /// <summary>Front ends live on other sites: cookies are partitioned, and a browser that comes back to us by itself has another jar.</summary>
    public bool IsCrossSite => sessions.Value.CookieSameSite.Equals("None", StringComparison.OrdinalIgnoreCase);
}
