using System.Globalization;
using System.Text.Json.Nodes;
using Accounts.Core.Users.Extra;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>What the API's document says of the extra fields.</summary>
internal static class ExtraSchemas
{
    private static readonly string[] Texts = ["Example", "example", "EX", "12345", "ann@example.test", "https://example.test", "2027-01-31"];

    public static OpenApiSchema Of(ExtraField field, bool mayBeNull)
    {
        var schema = Kind(field);
        (schema.Title, schema.Description, schema.ReadOnly) = (field.Title, field.Description, field.IsReadOnly);
        if (mayBeNull)
        {
            schema.Type |= JsonSchemaType.Null;
            schema.Enum?.Add(JsonNullSentinel.JsonNull);
        }
        return schema;
    }

    private static OpenApiSchema Kind(ExtraField field) => field switch
    {
        ExtraText text => new()
        {
            Type = JsonSchemaType.String,
            MinLength = text.MinLength > 0 ? text.MinLength : null,
            MaxLength = text.MaxLength,
            Pattern = text.Pattern?.ToString(),
            Format = text.Format?.Name,
            Enum = List(text.Choices.Select(choice => (JsonNode)choice)),
        },
        ExtraNumber number => new()
        {
            Type = number.IsWhole ? JsonSchemaType.Integer : JsonSchemaType.Number,
            Minimum = number.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = number.Maximum?.ToString(CultureInfo.InvariantCulture),
            Enum = List(number.Choices.Select(choice => (JsonNode)choice)),
        },
        _ => new() { Type = JsonSchemaType.Boolean },
    };

    private static List<JsonNode>? List(IEnumerable<JsonNode> choices) => choices.ToList() is { Count: > 0 } list ? list : null;

    /// <summary>A value that would be taken; null where none comes to mind.</summary>
    public static JsonNode? Example(ExtraField field) => field switch
    {
        ExtraText text => text.Choices.Concat(Texts).FirstOrDefault(one => !text.Mistakes(one).Any()),
        ExtraNumber number => number.Choices.Append(1).Append(number.Minimum ?? 0).Append(number.Maximum ?? 0)
            .Where(one => number.Mistake(one) is null).Select(one => (JsonNode)one).FirstOrDefault(),
        _ => true,
    };
}
