using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>
/// No unsafe request from a page that is not ours or listed (<see cref="CallerSites"/>). Stands before everything that acts, whatever the
/// endpoint is and where there is none.
/// </summary>
public sealed class CrossSiteRule(RequestDelegate next, CallerSites sites)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsSafe(request.Method) || TakesAnySite(context) || sites.Allow(request))
        {
            return next(context);
        }
        return ErrorBodies.WriteAsync(context, ErrorCode.CsrfFailed);
    }

    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool TakesAnySite(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AnySiteAttribute>() is not null;
}
