using Accounts.Api.Origins;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>The policies that endpoints name by their kind. Where there is no endpoint, the default is the API's.</summary>
public static class CorsSetup
{
    public const string Listed = "listed", Anybody = "anybody";

    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    /// <summary>What front ends send, and what the libraries that trace them add to every request: one that is missing here fails them all.</summary>
    private static readonly string[] Headers =
    [
        "accept", "authorization", "baggage", "cache-control", "content-type", "if-match", "sentry-trace", "traceparent", "tracestate",
        "x-csrftoken", "x-origin", "x-requested-with", "x-token-transport", "x-xsrf-token",
    ];

    public static IServiceCollection AddOriginPolicies(this IServiceCollection services) => services.AddCors()
        .AddOptions<CorsOptions>().Configure<AllowedOrigins, IOptions<OriginOptions>>((cors, origins, options) =>
        {
            cors.DefaultPolicyName = Listed;
            cors.AddPolicy(Listed, policy => policy
                .SetIsOriginAllowed(origins.Admits).AllowCredentials()
                .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .WithHeaders([.. Headers, .. SettingsSetup.Parts(options.Value.AllowedHeaders)])
                .WithExposedHeaders("Retry-After", "ETag", "WWW-Authenticate", "X-Trace-Id").SetPreflightMaxAge(PreflightLifetime));
            cors.AddPolicy(Anybody, policy => policy.AllowAnyOrigin().WithMethods("GET", "HEAD"));
        }).Services;
}
