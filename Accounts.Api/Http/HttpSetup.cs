using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Http;

public static class HttpSetup
{
    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    /// <summary>After the delay: requests in flight, and mails that are being handed over, which takes 30 s at most.</summary>
    private static readonly TimeSpan ShutdownWork = TimeSpan.FromSeconds(40);

    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddSettings<OriginOptions, OriginOptionsCheck>("Accounts");
        services.AddSettings<ServerOptions, ServerOptionsCheck>("Accounts");
        services.AddSingleton<Draining>().AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServerOptions.LongestShutdownDelay + ShutdownWork);
        services.AddSingleton<AllowedOrigins>().AddSingleton<RuntimeCheck>();
        services.AddTrustedProxies().AddThrottles().AddCors();
        services.AddSingleton<ICorsPolicyProvider, CorsPolicies>();
        services.AddAuthorization().AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        services.AddHealthChecks().AddCheck<DatabaseReady>("database");
        services.AddMvcCore(mvc =>
        {
            mvc.ModelBinderProviders.Insert(0, new RequestBinder.Provider());
            mvc.Filters.Add(new NotAcceptableFilter());
            mvc.Conventions.Add(new HeadConvention());
            mvc.RespectBrowserAcceptHeader = false;
            // They read a form before our binder does, and leave it nothing; on one that they cannot read the action would run without it.
            mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        }).AddApiExplorer().AddJsonOptions(json => ApiJson.Configure(json.JsonSerializerOptions));
        return services;
    }

    /// <summary>In the order in which a request meets them.</summary>
    public static void UseHttp(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<ErrorConverter>();
        app.UseMiddleware<HostRule>();
        app.UseMiddleware<CrossSiteRule>();
        app.UseRateLimiter();
        app.UseStaticFiles();
        app.UseMiddleware<AccessTokenAuthentication>();
        app.UseAuthorization();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/readyz").AllowAnonymous().DisableRateLimiting();
        app.MapControllers();
    }

    public static void UseKestrelLimits(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxDrained;
        // A token of 10,000 characters is a bad token, told as one; above this Kestrel answers a bare 414.
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    });

    /// <summary>Listed origins may call all of /api/ with credentials; keys and metadata anybody may read; the rest is for no other origin.</summary>
    private sealed class CorsPolicies(AllowedOrigins origins) : ICorsPolicyProvider
    {
        private readonly CorsPolicy listed = new CorsPolicyBuilder()
            .SetIsOriginAllowed(origins.Contains).AllowCredentials()
            .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
            .WithHeaders("accept", "authorization", "content-type", "x-csrftoken", "x-requested-with", "x-token-transport")
            .WithExposedHeaders("Retry-After", "X-Trace-Id").SetPreflightMaxAge(PreflightLifetime).Build();

        private readonly CorsPolicy anybody = new CorsPolicyBuilder().AllowAnyOrigin().WithMethods("GET", "HEAD").Build();

        public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
            Task.FromResult(context.Request.Path switch
            {
                var path when path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) => listed,
                var path when path.StartsWithSegments("/.well-known", StringComparison.OrdinalIgnoreCase) => anybody,
                _ => null,
            });
    }
}
