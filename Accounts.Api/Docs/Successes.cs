using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>The answers when all is well, as <see cref="ISuccess"/> on the action tells: one media type, an example, the cookies that are set.</summary>
public sealed class Successes(IOptions<JsonOptions> json, CookieNames cookies) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var told = operation.Responses;
        operation.Responses = [];
        foreach (var success in metadata.OfType<ISuccess>())
        {
            var status = $"{success.StatusCode}";
            var schema = told?.GetValueOrDefault(status)?.Content?.Values.FirstOrDefault()?.Schema;
            operation.Responses[status] = new OpenApiResponse
            {
                Description = success.Text ?? Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(success.StatusCode),
                Content = Content(success, schema, metadata.OfType<StreamsLinesAttribute>().Any() ? StreamsLinesAttribute.MediaType : "application/json"),
                Headers = Headers(metadata.Tells<SetsCookieAttribute>()),
            };
        }
        return Task.CompletedTask;
    }

    private Dictionary<string, OpenApiMediaType>? Content(ISuccess success, IOpenApiSchema? schema, string mediaType)
    {
        var content = new Dictionary<string, OpenApiMediaType>();
        if (schema is not null)
        {
            content[mediaType] = new() { Schema = schema, Example = Example(success) };
        }
        if (success.HasPage)
        {
            content["text/html"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
        return content.Count > 0 ? content : null;
    }

    private JsonNode? Example(ISuccess success) =>
        success.Example is { } example ? JsonSerializer.SerializeToNode(example, success.Type!, json.Value.SerializerOptions) : null;

    private Dictionary<string, IOpenApiHeader>? Headers(IEnumerable<SetsCookieAttribute> set)
    {
        var lines = set.Select(cookie => $"`{cookies.Of(cookie.Name)}`: {cookie.Text}").ToList();
        return lines.Count == 0 ? null : new()
        {
            ["Set-Cookie"] = new OpenApiHeader
            {
                Description = string.Join("\n\n", lines),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
    }
}
