using System.Globalization;
using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>Reads the values of one row. What is there and cannot be read is the row's problem, and nobody else's.</summary>
internal sealed class DjangoValues(DjangoRow row, DjangoProject project)
{
    /// <summary>The first thing that is wrong, a sentence; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Null for none. Numbers are texts, too: a key, a telephone.</summary>
    public string? Text(string word) => Find(word) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => Fail<string?>(word, "a text"),
    };

    public bool Flag(string word, bool otherwise) => Find(word) switch
    {
        null or { ValueKind: JsonValueKind.Null } => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Fail<bool>(word, "true or false"),
    };

    /// <summary>Without a zone it is a time of the project's.</summary>
    public DateTimeOffset? Time(string word)
    {
        if (Text(word) is not { Length: > 0 } text)
        {
            return null;
        }
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return Fail<DateTimeOffset?>(word, "a time");
        }
        // Of the hour that is left out in spring, and where the calendar begins, there is no such time of a zone.
        return time.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc) - Offset(time))
            : new DateTimeOffset(time.ToUniversalTime());
    }

    private TimeSpan Offset(DateTime time) => time.Year is > 1 and < 9999 ? project.Zone.GetUtcOffset(time) : TimeSpan.Zero;

    /// <summary>A field that is named by whoever runs this must be there; of those that are called as Django calls them, a model may do without.</summary>
    /// <exception cref="ForeignDataException">it is named, and no field of the model</exception>
    private JsonElement? Find(string word)
    {
        var name = project.FieldOf(word);
        if (name.Length > 0 && row.Fields.TryGetProperty(name, out var value))
        {
            return value;
        }
        return project.Fields.ContainsKey(word)
            ? throw new ForeignDataException($"{row.Place} has no field {name}, which --map says is its {word}. It has {string.Join(", ", row.Fields.EnumerateObject().Select(field => field.Name))}.")
            : null;
    }

    private T? Fail<T>(string word, string what)
    {
        Problem ??= $"{project.FieldOf(word)} is not {what}.";
        return default;
    }
}
