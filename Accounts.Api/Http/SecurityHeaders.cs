using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Headers that stand on every answer, errors included.</summary>
public sealed class SecurityHeaders(RequestDelegate next, IOptions<SiteOptions> site, IOptions<HstsOptions> hsts)
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    private readonly string transport = $"max-age=31536000{(hsts.Value.IncludeSubDomains ? "; includeSubDomains" : "")}";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = ApiPolicy;
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["X-Trace-Id"] = System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        if (site.Value.IsHttps)
        {
            headers.StrictTransportSecurity = transport;
        }
        if (EndpointKindAttribute.Of(context) is ApiEndpointAttribute api)
        {
            if (api.IsHiddenFromOthers)
            {
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
            }
            headers.CacheControl = "no-store";
            context.Response.OnStarting(VaryByOriginAsync, context.Response);
        }
        return next(context);
    }

    /// <summary>Also where no origin came along or none is listed: a cache must not hand one origin's answer to another.</summary>
    private static Task VaryByOriginAsync(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.Vary.Count == 0)
        {
            headers.Vary = "Origin";
        }
        else if (!headers.Vary.Any(value => value!.Contains("Origin", StringComparison.OrdinalIgnoreCase)))
        {
            headers.AppendCommaSeparatedValues("Vary", "Origin");
        }
        return Task.CompletedTask;
    }
}
