using System.Text.Json;

namespace Accounts.Core.Users.Extra;

/// <summary>An object of a schema, by its words.</summary>
internal sealed class SchemaWords
{
    private readonly Dictionary<string, JsonElement> words;

    /// <exception cref="FormatException">it is none</exception>
    public SchemaWords(JsonElement schema) => words = schema.ValueKind == JsonValueKind.Object
        ? schema.EnumerateObject().ToDictionary(word => word.Name, word => word.Value)
        : throw new FormatException("write an object, {\"type\": …}.");

    public IEnumerable<string> Names => words.Keys;

    public SchemaWords Inside(string word) => new(words[word]);

    /// <exception cref="FormatException">it has another</exception>
    public void Demand(params string[] known)
    {
        if (words.Keys.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"\"{unknown}\" is not supported here; known are {string.Join(", ", known)}.");
        }
    }

    public string? Text(string word) => !words.TryGetValue(word, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? Text(word, value) : throw new FormatException($"\"{word}\" must be a text.");

    public bool Flag(string word) => words.TryGetValue(word, out var value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new FormatException($"\"{word}\" must be true or false."));

    public int? Length(string word) => !words.TryGetValue(word, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var length) && length >= 0 ? length
        : throw new FormatException($"\"{word}\" must be a whole number, 0 or more.");

    public decimal? Number(string word) => words.TryGetValue(word, out var value) ? Number(word, value) : null;

    public string[] Texts(string word) => [.. List(word).Select(value => value.ValueKind == JsonValueKind.String
        ? Text(word, value) : throw new FormatException($"\"{word}\" must list texts."))];

    public decimal[] Numbers(string word) => [.. List(word).Select(value => Number(word, value))];

    private JsonElement[] List(string word) => !words.TryGetValue(word, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw new FormatException($"\"{word}\" must be a list.");

    private static string Text(string word, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"\"{word}\" has half a character, which is no text.");
        }
    }

    private static decimal Number(string word, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
        ? number : throw new FormatException($"\"{word}\" must be a number of at most 28 digits.");
}
