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

    /// <summary>The browser's names: more than one where several tabs set out at the same moment, before it had any. None where it has none.</summary>
    /// <param name="context">of the request</param>
    /// <param name="posted">whether the provider has the browser post its answer, across sites</param>
    public string[] Read(HttpContext context, bool posted = false) =>
        [.. new[] { Known(context, posted) }.OfType<string>().Concat(RequestCookies.AllOf(context.Request, First(posted))).Distinct()];

    private string? Known(HttpContext context, bool posted) => RequestCookies.Single(context.Request, Name(posted));

    /// <summary>The browser's name, for as long as a sign-in at a provider may take from now on.</summary>
    public string Renew(HttpContext context, bool posted = false)
    {
        if (Known(context, posted) is { Length: OpaqueToken.Length } known)
        {
            context.Response.Cookies.Append(Name(posted), known, Attributes(posted));
            return known;
        }
        var name = OpaqueToken.New();
        context.Response.Cookies.Append(Name(posted), name, Attributes(posted));
        // Another tab's answer may bring another name now, and the later one takes the place of the earlier.
        context.Response.Cookies.Append($"{First(posted)}{name[..8]}", name, Attributes(posted));
        return name;
    }

    /// <summary>What the cookies are called by which a browser keeps every name that it was given at first.</summary>
    private string First(bool posted) => $"{Name(posted)}.";

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
