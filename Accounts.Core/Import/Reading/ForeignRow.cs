using System.Globalization;

namespace Accounts.Core.Import.Reading;

/// <summary>A row of another system's table, whose values are texts.</summary>
/// <param name="Place">for the report</param>
/// <param name="Value">of a column; null where there is none</param>
public sealed record ForeignRow(string Place, Func<string, string?> Value)
{
    private static readonly string[] Yes = ["1", "true", "t", "yes", "y", "on"], No = ["0", "false", "f", "no", "n", "off"];

    /// <summary>Null for nothing but white space.</summary>
    public string? Text(string column) => Value(column)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Null for what is neither.</summary>
    public static bool? Truth(string? text) =>
        text is null ? null
        : Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? true
        : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>As PostgreSQL, SQLite and Python write it; or seconds or milliseconds since 1970. Without a zone it is UTC. Null for anything else.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? OfNumber(number)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment
        : null;

    private static DateTimeOffset? OfNumber(long number) => number switch
    {
        < 100_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(number),
        < 100_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(number),
        _ => null,
    };
}
