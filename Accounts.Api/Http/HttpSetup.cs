using System.Text;
using Accounts.Api.Clients;
using Accounts.Api.Origins;
using Accounts.Api.Pages;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

public static class HttpSetup
{
    private static readonly DigitsEncoding Digits = new();

    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddSettings<OriginOptions, OriginOptionsCheck>("Accounts").AddSettings<HstsOptions>("Accounts:Hsts").AddSettings<PagesOptions, PagesOptionsCheck>("Accounts:Pages");
        services.AddSingleton<ShownSessions>().AddSingleton<CallerSites>().AddSingleton<AllowedOrigins>().AddSingleton<WideProxies>();
        services.AddTrustedProxies().AddOriginPolicies();
        services.AddAuthorization().AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>().AddSingleton<IPolicyEvaluator, SignedInPolicy>();
        services.AddMvcCore(mvc =>
        {
            mvc.Filters.Add(new NotAcceptableFilter());
            mvc.Conventions.Add(new MethodConvention());
            mvc.Conventions.Add(new RegistrationLimitConvention());
            mvc.RespectBrowserAcceptHeader = false;
            // They read a form before our binder does, and leave it nothing; on one that they cannot read the action would run without it.
            mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        }).ConfigureApplicationPartManager(PublicTypes.Replace).AddApiExplorer().AddJsonOptions(json => AnswerJson.Configure(json.JsonSerializerOptions));
        return services.ConfigureHttpJsonOptions(json => AnswerJson.Configure(json.SerializerOptions));
    }

    /// <summary>In the order in which a request meets them.</summary>
    public static void UseHttp(this WebApplication app)
    {
        app.UseMiddleware<ForwardedClient>();
        app.UseRouting();
        app.UseMiddleware<SecurityHeaders>();
        app.UseCors();
        app.UseMiddleware<ErrorConverter>();
        app.UseMiddleware<HostRule>();
        app.UseMiddleware<NotFoundPage>();
        app.UseMiddleware<CrossSiteRule>();
        app.UseMiddleware<Throttle>();
        app.UseMiddleware<AccessTokenAuthentication>();
        app.UseAuthorization();
        app.MapHealth("/healthz", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = ProbeAnswer.WriteAsync });
        app.MapHealth("/readyz", new HealthCheckOptions
        {
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
            ResponseWriter = ProbeAnswer.WriteReadinessAsync,
        });
        app.MapPageAssets();
        app.MapControllers().CallDirectly();
    }

    private static void MapHealth(this WebApplication app, string path, HealthCheckOptions checks) =>
        app.MapHealthChecks(path, checks).WithMetadata(new OperationsEndpointAttribute(), new AnyHostAttribute()).AllowAnonymous().DisableRateLimiting();

    public static void UseKestrelLimits(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxDrained;
        // A token of 10,000 characters is a bad token, told as one; above this Kestrel answers a bare 414.
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // A byte that is no UTF-8 reads as U+FFFD: Kestrel's own way is an empty 400 without CORS, for months where somebody else's cookie has one.
        kestrel.RequestHeaderEncodingSelector = name => name == HeaderNames.ContentLength ? Digits : Encoding.UTF8;
    });
}
