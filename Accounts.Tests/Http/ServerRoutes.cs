using Accounts.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Http;

/// <summary>Every route that a server has, whoever adds one.</summary>
internal static class ServerRoutes
{
    /// <summary>Ready to be called: parameters filled in, and one path that does not exist.</summary>
    public static string[] Paths(this TestServer server) =>
        [.. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(Path).Append("/api/nowhere/").Append("/nowhere").Distinct().Order(StringComparer.Ordinal)];

    public static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
            : part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator ? separator.Content : "1"))));
}
