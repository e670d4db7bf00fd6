using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>
/// What a browser is signed in by. Its name and <c>Secure</c> follow from PublicUrl's scheme, never from a
/// request; <c>__Host-</c> makes the browser refuse one that another host, or a plain connection, tries to plant.
/// </summary>
public abstract class SignedInCookie(string name, IOptions<SiteOptions> site, IOptions<SessionOptions> options)
{
    private bool IsCrossSite => SameSite == SameSiteMode.None;

    private SameSiteMode SameSite => Enum.Parse<SameSiteMode>(options.Value.CookieSameSite, ignoreCase: true);

    public string Name => (site.Value.IsHttps, IsCrossSite) switch
    {
        (true, false) => $"__Host-{name}",
        (true, true) => $"__Host-{name}_partitioned",
        (false, _) => name,
    };

    public void Set(HttpContext context, IssuedTokens tokens) =>
        context.Response.Cookies.Append(Name, tokens.Kept, Attributes(tokens.KeptFor));

    public void Clear(HttpContext context)
    {
        var attributes = Attributes(TimeSpan.Zero);
        attributes.Expires = DateTimeOffset.UnixEpoch;
        context.Response.Cookies.Append(Name, "", attributes);
    }

    public bool ComesAlong(HttpRequest request) => RequestCookies.All(request, Name).Count > 0;

    /// <summary>Nothing where the browser has none.</summary>
    public void ClearWhatCame(HttpContext context)
    {
        if (ComesAlong(context.Request))
        {
            Clear(context);
        }
    }

    /// <summary>Whether the cookie came along and is one that browsers send with every site's requests.</summary>
    public bool ComesFromAnywhere(HttpRequest request) => IsCrossSite && ComesAlong(request);

    /// <summary>Whether the browser may have one that it does not send along where the way here began on another site, and be it by a reload.</summary>
    public bool MayBeKeptBack(HttpRequest request) => SameSite == SameSiteMode.Strict && !ComesAlong(request);

    private CookieOptions Attributes(TimeSpan? lifetime)
    {
        var attributes = SiteCookies.Attributes(site.Value, lifetime);
        attributes.SameSite = SameSite;
        if (IsCrossSite)
        {
            attributes.Extensions.Add("Partitioned");
        }
        return attributes;
    }
}
