using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Reads a JSON body strictly (RFC 8259): one object, valid UTF-8 without a byte order mark, no duplicate members, no comments, no trailing text, at most 16 deep.</summary>
public static class JsonBody
{
    private const int MaxDepth = 16;

    private static readonly Sentence Nothing = "No data provided", Other = "Invalid data. Expected a dictionary, but got {0}.", NoName = "a member's name is not text";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static Dictionary<string, Field> Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            throw RequestRefusedException.ParseError("JSON", "Unexpected UTF-8 BOM");
        }
        if (!Utf8.IsValid(utf8.Span))
        {
            throw RequestRefusedException.ParseError("JSON", "the body is not valid UTF-8");
        }
        using var json = Parse(utf8);
        return Members(json.RootElement);
    }

    /// <summary>Of a member's text, as strictly; null where it is no object.</summary>
    public static JsonObject? TryParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            throw RequestRefusedException.ParseError("JSON", Sentence.Foreign($"{Place(e)}{Reason(e)}"));
        }
        catch (InvalidOperationException)
        {
            // So the search for duplicates fails on half of a surrogate pair, at any depth.
            throw RequestRefusedException.ParseError("JSON", NoName);
        }
    }

    /// <summary>Nothing for a duplicate, of which the framework doesn't say where it is.</summary>
    private static string Place(JsonException e) => e.LineNumber is { } line ? $"line {line + 1} column {e.BytePositionInLine + 1}: " : "";

    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0];

    private static Dictionary<string, Field> Members(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw NotAnObject(root);
        }
        var members = new Dictionary<string, Field>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in root.EnumerateObject())
        {
            var name = Name(member);
            if (!names.Add(name))
            {
                throw RequestRefusedException.ParseError("JSON", "duplicate member");
            }
            members[name] = Field.Of(member.Value);
        }
        return members;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw RequestRefusedException.ParseError("JSON", NoName);
        }
    }

    private static InvalidInputException NotAnObject(JsonElement root)
    {
        var errors = new FieldErrors();
        errors.Add(FieldErrors.NonField, root.ValueKind switch
        {
            JsonValueKind.Null => Nothing,
            JsonValueKind.Array => Other.With("list"),
            JsonValueKind.String => Other.With("str"),
            JsonValueKind.Number => Other.With(root.TryGetInt64(out _) ? "int" : "float"),
            _ => Other.With("bool"),
        });
        return new InvalidInputException(errors);
    }
}
