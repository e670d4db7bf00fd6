using System.Net;

namespace Accounts.Api.Checkup;

/// <summary>
/// What browsers call a site: scheme and registrable domain (RFC 6265bis section 5.2, "same-site"). By the last two labels, or three
/// below the suffixes that front ends of this kind are usually served under; the whole list (publicsuffix.org) has thousands.
/// </summary>
public static class Site
{
    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "ac.uk", "co.il", "co.in", "co.jp", "co.kr", "co.nz", "co.uk", "co.za", "com.ar", "com.au", "com.br", "com.cn", "com.hk", "com.mx",
        "com.pl", "com.sg", "com.tr", "com.tw", "com.ua", "gov.uk", "net.au", "org.au", "org.uk",
        "azurestaticapps.net", "azurewebsites.net", "cloudfront.net", "firebaseapp.com", "fly.dev", "github.io", "gitlab.io", "herokuapp.com",
        "netlify.app", "ngrok.io", "ngrok-free.app", "onrender.com", "pages.dev", "surge.sh", "vercel.app", "web.app", "workers.dev",
    };

    public static string Of(Uri address)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out _))
        {
            return $"{address.Scheme}://{address.Host}";
        }
        var labels = address.IdnHost.TrimEnd('.').Split('.');
        var length = Suffixes.Contains(string.Join('.', labels.TakeLast(2))) ? 3 : 2;
        return $"{address.Scheme}://{string.Join('.', labels.TakeLast(length))}";
    }
}
