using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>
/// In answers absent members are left out, never null, but for those that say so: what is not nullable in C# is always there. The extra
/// fields stand in the one answer that has room for members of other names.
/// </summary>
public sealed class AnswerSchemas(ExtraFields extra) : IOpenApiSchemaTransformer
{
    private static readonly NullabilityInfoContext Nullability = new();

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } member)
        {
            schema.Type &= IsWrittenAsNull(member) ? schema.Type : ~JsonSchemaType.Null;
        }
        else if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Object } type && !RequestType.Is(type.Type))
        {
            schema.Required = type.Properties.Where(IsAlwaysThere).Select(property => property.Name).ToHashSet();
            foreach (var field in type.Properties.Any(property => property.IsExtensionData) ? extra.All : [])
            {
                schema.Properties![field.Name] = ExtraSchemas.Of(field, mayBeNull: true);
            }
        }
        return Task.CompletedTask;
    }

    private static bool IsWrittenAsNull(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];

    private static bool IsAlwaysThere(JsonPropertyInfo property)
    {
        lock (Nullability)
        {
            return property.AttributeProvider is PropertyInfo info && Nullability.Create(info).ReadState == NullabilityState.NotNull;
        }
    }
}
