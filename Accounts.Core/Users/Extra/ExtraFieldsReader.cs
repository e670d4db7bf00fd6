using System.Text.Json;

namespace Accounts.Core.Users.Extra;

/// <summary>
/// Reads the setting: JSON Schema (2020-12), of which it knows few words. Any other is refused, so that nothing is promised that nobody
/// checks. What users could store at most is bounded here, so that no user meets a limit that no field tells.
/// </summary>
internal sealed class ExtraFieldsReader
{
    private const int Most = 20, MostCharacters = 4096, MostInToken = 256;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly List<ExtraField> fields = [];
    private readonly List<string> mistakes = [];

    private ExtraFieldsReader()
    {
    }

    public IReadOnlyList<ExtraField> Fields => fields;

    /// <summary>Each goes on where the setting's name ends.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;

    public static ExtraFieldsReader Read(string setting)
    {
        var reader = new ExtraFieldsReader();
        if (setting.Trim() is { Length: > 0 } text)
        {
            try
            {
                using var json = Parse(text.StartsWith('{') ? text : TextOf(text));
                reader.ReadAll(new SchemaWords(json.RootElement));
            }
            catch (FormatException e)
            {
                reader.mistakes.Add($": {e.Message}");
            }
        }
        return reader;
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"it is neither a JSON object nor the path of a file that can be read ({e.Message}).");
        }
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is no JSON: {e.Message}");
        }
    }

    private void ReadAll(SchemaWords schema)
    {
        schema.Demand("$schema", "type", "properties", "required");
        if (schema.Text("type") is not (null or "object") || !schema.Names.Contains("properties"))
        {
            throw new FormatException("""write {"type": "object", "properties": {…}}.""");
        }
        var properties = schema.Inside("properties");
        var required = schema.Texts("required");
        foreach (var name in properties.Names)
        {
            Read(name, properties, required.Contains(name));
        }
        mistakes.AddRange(required.Except(properties.Names).Select(name => $": \"required\" names \"{name}\", which is not among the properties."));
        mistakes.AddRange(TooMuch(properties.Names.Count()));
    }

    private void Read(string name, SchemaWords properties, bool required)
    {
        try
        {
            fields.Add(ExtraFieldReader.Read(name, properties.Inside(name), required));
        }
        catch (FormatException e)
        {
            mistakes.Add($", field \"{name}\": {e.Message}");
        }
    }

    private IEnumerable<string> TooMuch(int count)
    {
        if (count > Most)
        {
            yield return $": {count} fields are too many; {Most} is the most.";
        }
        if (fields.Sum(field => field.Room) is > MostCharacters and var all)
        {
            yield return $", field \"{fields.MaxBy(field => field.Room)!.Name}\": with it all fields may have {all} characters, and {MostCharacters} is the most; give it a smaller maxLength.";
        }
        var told = fields.Where(field => field.IsInToken).ToList();
        if (told.Sum(field => field.Room) is > MostInToken and var inToken)
        {
            yield return $", field \"{told.MaxBy(field => field.Room)!.Name}\": with it access tokens may tell {inToken} characters, and {MostInToken} is the most; give it a smaller maxLength, or leave x-in-token out.";
        }
    }
}
