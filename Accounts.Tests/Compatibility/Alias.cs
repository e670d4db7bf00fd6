using Accounts.Api.Admin;
using Accounts.Api.Compatibility;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Tests.Http;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Compatibility;

/// <summary>A route, with what it says of who may call it and how often.</summary>
/// <param name="Method">one of them</param>
/// <param name="Endpoint">that it leads to</param>
internal sealed record Alias(string Method, RouteEndpoint Endpoint)
{
    private static readonly Type[] Rules =
        [typeof(AdministratorsOnlyAttribute), typeof(DemandsStepUpAttribute), typeof(TakesPersonalTokenAttribute), typeof(TakesTicketAttribute), typeof(RecordsReadAttribute), typeof(AnySiteAttribute)];

    public string Pattern => "/" + Endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>Ready to be called.</summary>
    public string Path => ServerRoutes.Path(Endpoint);

    public string Name => $"{Method} {Pattern}";

    public bool IsUnsafe => Method is "POST" or "PUT" or "PATCH" or "DELETE";

    public bool IsAnonymous => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Who may call it, how often, and which of our rules stand on it besides.</summary>
    public string Declared => string.Join(' ',
        [IsAnonymous ? "anonymous" : "signed-in", Limit, .. Rules.Where(rule => Endpoint.Metadata.Any(rule.IsInstanceOfType)).Select(rule => rule.Name.Replace("Attribute", "", StringComparison.Ordinal))]);

    private string Limit => Endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null ? "unlimited" : Endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()!.PolicyName!;

    public Task<Answer> CallAsync(ApiClient client, HttpContent? body = null, params (string Name, string Value)[] headers) =>
        client.SendAsync(new HttpMethod(Method), Path, body, [("Accept", "application/json"), .. headers]);

    public static Alias[] All(TestServer server) => [.. Routes(server).Where(route => route.Endpoint.Metadata.GetMetadata<MountedAttribute>() is not null)];

    public static IEnumerable<Alias> Routes(TestServer server) =>
        from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where method != "HEAD"
        let route = new Alias(method, endpoint)
        orderby route.Pattern, route.Method
        select route;
}
