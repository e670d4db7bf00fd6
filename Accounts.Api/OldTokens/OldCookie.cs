using Accounts.Api.Cookies;
using Accounts.Core.OldTokens;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.OldTokens;

/// <summary>The cookie that the system of before has left in browsers. It is taken away where it lay: with the Path and Domain that it was set with.</summary>
public sealed class OldCookie(IOptions<OldTokenOptions> options, IOptions<SiteOptions> site)
{
    private string Name => options.Value.Cookie;

    /// <summary>Null where there is none, or more than one.</summary>
    public string? Read(HttpRequest request) => Name.Length > 0 ? RequestCookies.Single(request, Name) : null;

    /// <summary>Nothing where the browser has none.</summary>
    public void ClearWhatCame(HttpContext context)
    {
        if (Name.Length == 0 || RequestCookies.All(context.Request, Name).Count == 0)
        {
            return;
        }
        var attributes = SiteCookies.Attributes(site.Value, TimeSpan.Zero, options.Value.CookiePath);
        attributes.Expires = DateTimeOffset.UnixEpoch;
        attributes.Domain = options.Value.CookieDomain is { Length: > 0 } domain ? domain : null;
        context.Response.Cookies.Append(Name, "", attributes);
    }
}
