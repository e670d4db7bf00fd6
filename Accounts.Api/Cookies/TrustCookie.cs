using Accounts.Core.Settings;
using Accounts.Core.TrustedDevices;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>Spares this browser the question for a second factor, for each user who wants that. It is another than <see cref="DeviceCookie"/>, which spares no question.</summary>
public sealed class TrustCookie(IOptions<SiteOptions> site, IOptions<SessionOptions> sessions)
{
    private string Name => SiteCookies.Name(site.Value, "trusted_device");

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);

    public void Set(HttpContext context, IssuedTrust trust)
    {
        var attributes = SiteCookies.Attributes(site.Value, trust.Lifetime);
        if (sessions.Value.CookieSameSite.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            // Front ends live on other sites, as the refresh cookie's do.
            attributes.SameSite = SameSiteMode.None;
            attributes.Extensions.Add("Partitioned");
        }
        context.Response.Cookies.Append(Name, TrustTokens.Add(Read(context), trust.UserId, trust.Token), attributes);
    }
}
