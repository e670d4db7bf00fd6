using System.Text.Json;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Lists and times among the fields of a body.</summary>
public static class ListReading
{
    private static readonly Sentence NotList = "Expected a list of items.";
    private static readonly Sentence NotMoment = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

    /// <summary>A list; of a form, which has none, what stands between commas.</summary>
    public static string[]? Texts(this FieldReader fields, string name, Field field)
    {
        if (field.Kind != FieldKind.Array)
        {
            return field.IsBlank ? [] : fields.Content(name, field, NotList)?.Split(',', StringSplitOptions.TrimEntries);
        }
        using var list = JsonDocument.Parse(field.Text!);
        var members = list.RootElement.EnumerateArray().Select(Field.Of).ToArray();
        if (members.All(member => member.Kind == FieldKind.Text))
        {
            return [.. members.Select(member => member.Text!)];
        }
        fields.Errors.Add(name, FieldReader.NotText);
        return null;
    }

    /// <summary>With its zone, or in UTC (RFC 3339).</summary>
    public static DateTimeOffset? Moment(this FieldReader fields, string name, Field field)
    {
        if (fields.Content(name, field, NotMoment) is not { } text)
        {
            return null;
        }
        if (Moments.TryRead(text, out var moment))
        {
            return moment;
        }
        fields.Errors.Add(name, NotMoment);
        return null;
    }
}
