using Accounts.Api.Cookies;
using Accounts.Api.Origins;

namespace Accounts.Api.Http;

/// <summary>Whether a request comes from a page that is ours or listed: the browser says so (Fetch Metadata, Origin), and a request that says neither comes from no browser.</summary>
public sealed class CallerSites(AllowedOrigins origins, SignedInCookies cookies, IHostEnvironment environment)
{
    public bool Allow(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "same-origin" or "none")
        {
            return true;
        }
        if (request.Headers.Origin is [{ } origin])
        {
            return (environment.IsDevelopment() && origin == $"{request.Scheme}://{request.Host}") || origins.Admits(origin);
        }
        return request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"].Count == 0 && !cookies.ComeFromAnywhere(request);
    }
}
