using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>
/// The cookie that holds the refresh token. Its name and <c>Secure</c> follow from PublicUrl's scheme, never from a
/// request; <c>__Host-</c> makes the browser refuse one that another host, or a plain connection, tries to plant.
/// </summary>
public sealed class RefreshCookie(IOptions<SiteOptions> site, IOptions<SessionOptions> options)
{
    private bool IsCrossSite => SameSite == SameSiteMode.None;

    private SameSiteMode SameSite => Enum.Parse<SameSiteMode>(options.Value.CookieSameSite, ignoreCase: true);

    public string Name => (site.Value.IsHttps, IsCrossSite) switch
    {
        (true, false) => "__Host-refresh_token",
        (true, true) => "__Host-refresh_token_partitioned",
        (false, _) => "refresh_token",
    };

    public void Set(HttpContext context, IssuedTokens tokens) =>
        context.Response.Cookies.Append(Name, tokens.Refresh, Attributes(tokens.RefreshLifetime));

    public void Clear(HttpContext context)
    {
        var attributes = Attributes(TimeSpan.Zero);
        attributes.Expires = DateTimeOffset.UnixEpoch;
        context.Response.Cookies.Append(Name, "", attributes);
    }

    /// <summary>Whether the cookie came along and is one that browsers send with every site's requests.</summary>
    public bool ComesFromAnywhere(HttpRequest request) => IsCrossSite && RequestCookies.All(request, Name).Count > 0;

    /// <summary>Whether the browser may have one that it does not send along where the way here began on another site, and be it by a reload.</summary>
    public bool MayBeKeptBack(HttpRequest request) => SameSite == SameSiteMode.Strict && RequestCookies.All(request, Name).Count == 0;

    /// <summary>Null when the request has none.</summary>
    /// <exception cref="AuthenticationFailedException">it has several, of which at most one is ours</exception>
    public string? Read(HttpContext context) => RequestCookies.All(context.Request, Name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw AuthenticationFailedException.RefreshToken(TokenRejection.Invalid),
    };

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
