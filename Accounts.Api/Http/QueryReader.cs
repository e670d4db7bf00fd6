using System.Globalization;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Reads what stands behind the question mark, and tells all that is wrong with it at once; blank is as good as missing.</summary>
public sealed class QueryReader
{
    private readonly FieldErrors errors = new();

    public string? Text(string name, string? value)
    {
        var text = value?.Trim() ?? "";
        if (text.Contains('\0'))
        {
            errors.Add(name, FieldErrors.NullCharacter);
            return null;
        }
        return text.Length > 0 ? text : null;
    }

    public bool? Boolean(string name, string? value)
    {
        var text = Text(name, value)?.ToLowerInvariant();
        return text is null ? null : text is "true" or "1" ? true : text is "false" or "0" ? false : Wrong<bool>(name, "Must be a valid boolean.");
    }

    public Guid? Id(string name, string? value) => Text(name, value) is not { } text ? null : Guid.TryParseExact(text, "D", out var id) ? id : Wrong<Guid>(name, "Must be a valid UUID.");

    public long? Number(string name, string? value) => Text(name, value) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<long>(name, "A valid integer is required.");

    public DateTimeOffset? Moment(string name, string? value) => Text(name, value) is not { } text ? null
        : Moments.TryRead(text, out var moment) ? moment : Wrong<DateTimeOffset>(name, "Enter a valid date/time, such as 2026-01-15T09:30:00Z.");

    /// <summary>One of some words.</summary>
    public string? Choice(string name, string? value, IReadOnlyCollection<string> words)
    {
        var text = Text(name, value);
        if (text is null || words.Contains(text))
        {
            return text;
        }
        errors.Add(name, $"\"{text}\" is not a valid choice.");
        return null;
    }

    /// <exception cref="InvalidInputException">something was wrong</exception>
    public void Demand() => errors.ThrowIfAny();

    private T? Wrong<T>(string name, Sentence words)
        where T : struct
    {
        errors.Add(name, words);
        return null;
    }
}
