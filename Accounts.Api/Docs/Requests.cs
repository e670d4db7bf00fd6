using System.Text.Json.Nodes;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>What a request brings: a body in one of three forms, cookies, headers, credentials.</summary>
public sealed class Requests(CookieNames cookies, ExtraFields extra) : IOpenApiOperationTransformer
{
    private static readonly string[] BodyTypes = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        await DescribeBodyAsync(operation, context, cancellationToken);
        foreach (var cookie in metadata.Tells<TakesCookieAttribute>())
        {
            AddParameter(operation, ParameterLocation.Cookie, cookies.Of(cookie.Name), cookie.Text, []);
        }
        foreach (var header in metadata.Tells<TakesHeaderAttribute>())
        {
            AddParameter(operation, ParameterLocation.Header, header.Name, header.Text, header.Values);
        }
        operation.Security = Credentials(metadata, context.Document!);
    }

    private async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (RequestType.Of(context.Description) is not { } type)
        {
            return;
        }
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = RequestSchemas.HasRequired(type),
            Content = BodyTypes.ToDictionary(name => name, _ => new OpenApiMediaType { Schema = schema, Example = RequestSchemas.Example(type, extra) }),
        };
    }

    private static void AddParameter(OpenApiOperation operation, ParameterLocation place, string name, string text, string[] values) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = place,
            Description = text,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = values.Length > 0 ? [.. values.Select(value => (JsonNode)value)] : null,
            },
        });

    private static List<OpenApiSecurityRequirement> Credentials(IList<object> metadata, OpenApiDocument document)
    {
        if (metadata.OfType<TakesCredentialsAttribute>().SingleOrDefault() is { } takes)
        {
            return takes.Optional ? [[], Requirement(takes.Scheme, document)] : [Requirement(takes.Scheme, document)];
        }
        return CommonErrors.DemandsAccessToken(metadata) ? [Requirement(TakesCredentialsAttribute.Bearer, document)] : [];
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
