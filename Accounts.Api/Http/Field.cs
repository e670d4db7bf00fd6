using System.Text.Json;

namespace Accounts.Api.Http;

/// <summary>
/// A member of a request body as it came: missing, null, text, or something else. Reading one never fails, so that all
/// field errors can be told at once, in DRF's words.
/// </summary>
public readonly record struct Field
{
    private Field(FieldKind kind, string? text = null) => (Kind, Text) = (kind, text);

    public FieldKind Kind { get; }

    /// <summary>The text of a text; the digits of a number; an object or a list as JSON.</summary>
    public string? Text { get; }

    public bool IsMissing => Kind == FieldKind.Missing;

    public bool IsBlank => Kind == FieldKind.Text && string.IsNullOrWhiteSpace(Text);

    /// <summary>Without the text, which may be a password: debuggers and logs print what they are given.</summary>
    public override string ToString() => Kind.ToString();

    public static Field Of(string text) => new(FieldKind.Text, text);

    /// <summary>A file where a text belongs, or a text that is none (lone surrogates).</summary>
    public static Field Unusable() => new(FieldKind.Unusable);

    public static Field Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => new Field(FieldKind.Null),
        JsonValueKind.String => OfString(json),
        JsonValueKind.Number => new Field(FieldKind.Number, json.GetRawText()),
        JsonValueKind.True => new Field(FieldKind.Boolean, "true"),
        JsonValueKind.False => new Field(FieldKind.Boolean, "false"),
        JsonValueKind.Object => new Field(FieldKind.Object, json.GetRawText()),
        JsonValueKind.Array => new Field(FieldKind.Array, json.GetRawText()),
        _ => Unusable(),
    };

    private static Field OfString(JsonElement json)
    {
        try
        {
            return Of(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, escaped: valid JSON, and no text.
            return Unusable();
        }
    }
}

public enum FieldKind
{
    Missing,
    Null,
    Text,
    Number,
    Boolean,
    Object,
    Array,
    Unusable,
}
