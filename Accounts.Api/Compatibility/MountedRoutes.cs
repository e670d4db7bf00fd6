using Accounts.Core.Failures;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Accounts.Api.Compatibility;

/// <summary>No path of a library hides one of ours, or one of another library.</summary>
public static class MountedRoutes
{
    private sealed record Route(string Method, RoutePattern Pattern, Library? Owner)
    {
        public string Name => $"{Method} /{Pattern.RawText!.Trim('/')}";

        /// <summary>Whether one request could mean both.</summary>
        public bool Meets(Route other) => Method == other.Method && Owner != other.Owner && Pattern.PathSegments.Count == other.Pattern.PathSegments.Count
            && Pattern.PathSegments.Zip(other.Pattern.PathSegments).All(pair => Meet(pair.First, pair.Second));

        private static bool Meet(RoutePatternPathSegment one, RoutePatternPathSegment other) =>
            Literal(one) is not { } text || Literal(other) is not { } another || text.Equals(another, StringComparison.OrdinalIgnoreCase);

        /// <summary>Null where it may be anything.</summary>
        private static string? Literal(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;
    }

    /// <exception cref="StartupException">with a line for each, which names both and what to change</exception>
    public static void DemandApart(IEndpointRouteBuilder app)
    {
        var routes = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(RoutesOf).ToArray();
        var met = from mounted in routes
                  where mounted.Owner is not null
                  from other in routes
                  where mounted.Meets(other)
                  select $"{mounted.Owner!.PrefixVariable}: {mounted.Name} of {mounted.Owner.Name} would meet {other.Name} of {other.Owner?.Name ?? "this server"}. Put it below another prefix.";
        if (met.Distinct().ToArray() is { Length: > 0 } mistakes)
        {
            throw new StartupException(string.Join('\n', mistakes));
        }
    }

    private static IEnumerable<Route> RoutesOf(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "PATCH", "DELETE"]
        where method != "HEAD"
        select new Route(method, endpoint.RoutePattern, endpoint.Metadata.GetMetadata<MountedAttribute>()?.Library);
}
