using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary><c>docs/endpoints.md</c> tells of every endpoint.</summary>
public sealed partial class EndpointsPageTests(Postgres postgres)
{
    [Fact]
    public async Task The_table_of_endpoints_has_every_action_and_no_other()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var actions = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Routes);
        var listed = Row().Matches(Repository.Read("docs/endpoints.md")).SelectMany(match => Path().Matches(match.Value)
            .Select(path => $"{match.Groups[1].Value} {path.Value.TrimEnd('/')}"));
        Assert.Equal(actions.Append("GET /healthz").Append("GET /readyz").Order(StringComparer.Ordinal).Distinct(), listed.Order(StringComparer.Ordinal));
    }

    /// <summary>Pages and Development's tools are told of elsewhere; HEAD goes where GET does.</summary>
    private static IEnumerable<string> Routes(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null || endpoint.Metadata.GetMetadata<ApiExplorerSettingsAttribute>() is { IgnoreApi: true })
        {
            return [];
        }
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods;
        return methods.Where(method => method != "HEAD").Select(method => $"{method} /{endpoint.RoutePattern.RawText}");
    }

    [GeneratedRegex(@"^\| `(GET|POST|PUT|PATCH|DELETE).*?\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"/[a-z./{}-]+")]
    private static partial Regex Path();
}
