using Accounts.Core.Failures;
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
    private string Name(bool posted) => SiteCookies.Name(site.Value, posted ? "social-post" : "social");

    /// <param name="context">of the request</param>
    /// <param name="posted">whether the provider has the browser post its answer, across sites</param>
    public string? Read(HttpContext context, bool posted = false) => RequestCookies.Single(context.Request, Name(posted));

    /// <summary>The browser's name, for as long as a sign-in at a provider may take from now on.</summary>
    public string Renew(HttpContext context, bool posted = false)
    {
        var name = Read(context, posted) is { Length: OpaqueToken.Length } known ? known : OpaqueToken.New();
        context.Response.Cookies.Append(Name(posted), name, Attributes(posted));
        return name;
    }

    /// <summary>Lax also where the refresh cookie is Strict: the way back from a provider begins on another site.</summary>
    private CookieOptions Attributes(bool posted)
    {
        var attributes = SiteCookies.Attributes(site.Value, SocialState.Lifetime);
        if (posted)
        {
            // Only that goes along with a post from another site; browsers take it from localhost without https.
            (attributes.SameSite, attributes.Secure) = (SameSiteMode.None, true);
        }
        if (IsCrossSite)
        {
            attributes.SameSite = SameSiteMode.None;
            attributes.Extensions.Add("Partitioned");
        }
        return attributes;
    }

    /// <exception cref="RefusedException">front ends live on other sites</exception>
    public void DemandSameSite()
    {
        if (IsCrossSite)
        {
            throw new RefusedException(ErrorCode.RedirectFlowUnavailable);
        }
    }

    /// <summary>Front ends live on other sites: cookies are partitioned, and a browser that comes back to us by itself has another jar.</summary>
    public bool IsCrossSite => sessions.Value.CookieSameSite.Equals("None", StringComparison.OrdinalIgnoreCase);
}
