using Accounts.Core;

namespace Accounts.Api.Http;

/// <summary>What our cookies have in common: host-only, out of reach of scripts, <c>Secure</c> by PublicUrl's scheme and never by the request's.</summary>
public static class SiteCookies
{
    public static CookieOptions Attributes(SiteOptions site, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = site.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
