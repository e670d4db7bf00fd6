using Accounts.Api.Cookies;
using Accounts.Api.Origins;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>
/// No unsafe request from a page that is not ours or listed: the browser says where it comes from (Fetch Metadata,
/// Origin), and a request that says neither comes from no browser. Stands before everything that acts, whatever the
/// endpoint is and where there is none.
/// </summary>
public sealed class CrossSiteRule(RequestDelegate next, AllowedOrigins origins, RefreshCookie cookie, IHostEnvironment environment)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsSafe(request.Method) || TakesAnySite(context) || Allows(request))
        {
            return next(context);
        }
        return ErrorBodies.WriteAsync(context, ErrorCode.CsrfFailed);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool TakesAnySite(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AnySiteAttribute>() is not null;

    private bool Allows(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "same-origin" or "none")
        {
            return true;
        }
        if (request.Headers.Origin is [{ } origin])
        {
            return (environment.IsDevelopment() && origin == $"{request.Scheme}://{request.Host}") || origins.Admits(origin);
        }
        return request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"].Count == 0 && !cookie.ComesFromAnywhere(request);
    }
}
