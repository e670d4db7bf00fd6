using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>A request type consists of <see cref="Field"/>s, which accept anything; its schema tells what is wanted, by <see cref="DescribedAttribute"/>.</summary>
public sealed class RequestSchemas(ExtraFields extra) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (RequestType.Is(type))
        {
            var members = Members(type).ToList();
            schema.Properties = members.ToDictionary(member => member.Name, member => (IOpenApiSchema)Member(member.Described));
            foreach (var field in TakesExtra(type) is null ? [] : extra.Writable)
            {
                schema.Properties[field.Name] = ExtraSchemas.Of(field, mayBeNull: !field.IsRequired);
            }
            var required = members.Where(member => member.Described.Required).Select(member => member.Name);
            schema.Required = required.Concat(RequiredExtra(type, extra).Select(field => field.Name)).ToHashSet();
        }
        return Task.CompletedTask;
    }

    /// <summary>The members that have an example, and the extra fields that must be there.</summary>
    public static JsonObject Example(Type request, ExtraFields extra)
    {
        var own = Members(request).Where(member => member.Described.Example is not null)
            .Select(member => KeyValuePair.Create(member.Name, Example(member.Described)));
        var required = RequiredExtra(request, extra).Select(field => KeyValuePair.Create(field.Name, ExtraSchemas.Example(field)));
        return new JsonObject([.. own, .. required.Where(field => field.Value is not null)]);
    }

    private static JsonNode? Example(DescribedAttribute described) =>
        IsObject(described) ? JsonNode.Parse((string)described.Example!) : JsonSerializer.SerializeToNode(described.Example);

    private static bool IsObject(DescribedAttribute described) => described.Type == typeof(object);

    private static TakesExtraFieldsAttribute? TakesExtra(Type request) => request.GetCustomAttribute<TakesExtraFieldsAttribute>();

    private static IEnumerable<ExtraField> RequiredExtra(Type request, ExtraFields extra) =>
        TakesExtra(request) is { Partial: false } ? extra.Writable.Where(field => field.IsRequired) : [];

    public static bool HasRequired(Type request) => Members(request).Any(member => member.Described.Required);

    private static IEnumerable<(string Name, DescribedAttribute Described)> Members(Type request) => request.GetProperties().Select(property => (
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
        property.GetCustomAttribute<DescribedAttribute>() ?? throw new InvalidOperationException($"{request.Name}.{property.Name} is not [Described].")));

    private static OpenApiSchema Member(DescribedAttribute described) => new()
    {
        Type = IsObject(described) ? JsonSchemaType.Object : Json(described.Example?.GetType() ?? described.Type),
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
