using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>A request type consists of <see cref="Field"/>s, which accept anything; its schema tells what is wanted, by <see cref="DescribedAttribute"/>.</summary>
public sealed class RequestSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (RequestType.Is(context.JsonTypeInfo.Type))
        {
            var members = Members(context.JsonTypeInfo.Type).ToList();
            schema.Properties = members.ToDictionary(member => member.Name, member => (IOpenApiSchema)Member(member.Described));
            schema.Required = members.Where(member => member.Described.Required).Select(member => member.Name).ToHashSet();
        }
        return Task.CompletedTask;
    }

    /// <summary>The members that have an example.</summary>
    public static JsonObject Example(Type request) => new(Members(request).Where(member => member.Described.Example is not null)
        .Select(member => KeyValuePair.Create(member.Name, JsonSerializer.SerializeToNode(member.Described.Example))));

    public static bool HasRequired(Type request) => Members(request).Any(member => member.Described.Required);

    private static IEnumerable<(string Name, DescribedAttribute Described)> Members(Type request) => request.GetProperties().Select(property => (
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
        property.GetCustomAttribute<DescribedAttribute>() ?? throw new InvalidOperationException($"{request.Name}.{property.Name} is not [Described].")));

    private static OpenApiSchema Member(DescribedAttribute described) => new()
    {
        Type = Json(described.Example?.GetType() ?? described.Type),
        Items = described.Type.IsArray || described.Example is Array ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
        Description = described.Text,
        Format = described.Format,
        MaxLength = described.MaxLength > 0 ? described.MaxLength : null,
    };

    private static JsonSchemaType Json(Type type) => type switch
    {
        { IsArray: true } => JsonSchemaType.Array,
        _ when type == typeof(bool) => JsonSchemaType.Boolean,
        _ when type == typeof(int) => JsonSchemaType.Integer,
        _ => JsonSchemaType.String,
    };
}
