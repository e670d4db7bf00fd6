using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Accounts.Api.Http;

/// <summary>The policies that endpoints name by their kind. Where there is no endpoint, the default is the API's.</summary>
public static class CorsSetup
{
    public const string Listed = "listed", Anybody = "anybody";

    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddOriginPolicies(this IServiceCollection services) => services.AddCors()
        .AddOptions<CorsOptions>().Configure<AllowedOrigins>((cors, origins) =>
        {
            cors.DefaultPolicyName = Listed;
            cors.AddPolicy(Listed, policy => policy
                .SetIsOriginAllowed(origins.Contains).AllowCredentials()
                .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .WithHeaders("accept", "authorization", "content-type", "x-csrftoken", "x-requested-with", "x-token-transport")
                .WithExposedHeaders("Retry-After", "X-Trace-Id").SetPreflightMaxAge(PreflightLifetime));
            cors.AddPolicy(Anybody, policy => policy.AllowAnyOrigin().WithMethods("GET", "HEAD"));
        }).Services;
}
