using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>The document is valid, and tells of everything.</summary>
public sealed class OpenApiDocumentTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly string[] Described = ["/api/", "/.well-known/", "/healthz", "/readyz"];

    private readonly TestServer server = shared.Server;
    private OpenApiDocument document = null!;

    public async ValueTask InitializeAsync()
    {
        using var client = server.Client();
        document = await OpenApiDocument.ReadAsync(client);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1_and_its_examples_fit_its_schemas()
    {
        Assert.StartsWith("3.1.", (string)document.Json["openapi"]!, StringComparison.Ordinal);
        await document.FitsAsync();
    }

    [Fact]
    public void Every_route_is_described_and_nothing_else()
    {
        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<PageEndpointAttribute>() is null);
        var routes = endpoints.SelectMany(Routes).Where(route => Described.Any(start => route.Split(' ')[1].StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(
            routes.Distinct().Order(StringComparer.Ordinal),
            document.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_has_words_a_success_and_its_errors() => Assert.All(document.Operations, operation =>
    {
        Assert.NotEmpty((string?)operation.Json["summary"] ?? "");
        Assert.NotEmpty((string?)operation.Json["description"] ?? "");
        Assert.Contains(operation.Responses.Keys, status => status[0] is '2' or '3');
        var errors = operation.Responses.Where(response => response.Key[0] is '4' or '5').ToList();
        if (operation.Path.Contains('.') || operation.Path.StartsWith("/api/", StringComparison.Ordinal))
        {
            Assert.Superset(new HashSet<string> { "400", "406", "500" }, errors.Select(error => error.Key).ToHashSet());
            Assert.All(errors, error => Assert.NotEmpty(error.Value["content"]!["application/json"]!["examples"]!.AsObject()));
        }
    });

    /// <summary>The page of the document shows none that stands elsewhere.</summary>
    [Fact]
    public void Every_operation_stands_under_one_room_that_has_words()
    {
        var rooms = document.Json["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToHashSet();
        Assert.All(document.Operations, operation => Assert.Contains((string)Assert.Single(operation.Json["tags"]!.AsArray())!, rooms));
    }

    [Fact]
    public void Every_member_of_a_body_is_described()
    {
        var operations = document.Json["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value).OfType<JsonObject>();
        var members = operations.Select(operation => operation["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"]).OfType<JsonObject>()
            .SelectMany(properties => properties).ToList();
        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.True(((string?)member.Value!["description"] ?? "").Length > 0, member.Key));
    }

    [Fact]
    public void Every_error_code_is_listed_and_every_code_of_an_operation_is_one_of_them()
    {
        Assert.Equal(Enum.GetNames<ErrorCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName), document.ErrorCodes);
        Assert.Subset(document.ErrorCodes.ToHashSet(), Codes(document.Json["paths"]!).ToHashSet());
    }

    [Fact]
    public async Task The_document_is_an_answer_like_any_other_to_a_browser()
    {
        using var client = server.Client();
        var answer = await client.GetAsync("/openapi/v1.json", ("Accept", "text/html"));
        Assert.Equal((200, "nosniff"), (answer.Status, answer.Header("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
    }

    private static IEnumerable<string> Routes(RouteEndpoint endpoint)
    {
        var path = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
        var written = path.StartsWith("/api/", StringComparison.Ordinal) ? $"{path}/" : path;
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Where(method => method != "HEAD").Select(method => $"{method.ToLowerInvariant()} {written}");
    }

    private static IEnumerable<string> Codes(JsonNode node) => node switch
    {
        JsonObject o when o["code"] is JsonObject code && code["enum"] is JsonArray codes => codes.Select(code => (string)code!),
        JsonObject o => o.Where(member => member.Value is not null).SelectMany(member => Codes(member.Value!)),
        JsonArray a => a.Where(item => item is not null).SelectMany(item => Codes(item!)),
        _ => [],
    };
}
