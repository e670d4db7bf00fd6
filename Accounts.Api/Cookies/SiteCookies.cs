using Accounts.Core.Settings;

namespace Accounts.Api.Cookies;

/// <summary>What our cookies have in common: host-only, out of reach of scripts, <c>Secure</c> by PublicUrl's scheme and never by the request's.</summary>
public static class SiteCookies
{
    /// <summary>The prefix makes browsers refuse one that another host, or a plain connection, tries to plant.</summary>
    public static string Name(SiteOptions site, string name) => site.IsHttps ? $"__Host-{name}" : name;

    public static CookieOptions Attributes(SiteOptions site, TimeSpan? lifetime, string path = "/") => new()
    {
        HttpOnly = true,
        Secure = site.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = path,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
