using System.Globalization;
using System.Text.RegularExpressions;

namespace Accounts.Core.Import.Reading;

/// <summary>A row of another system's table, whose values are texts.</summary>
/// <param name="Place">for the report</param>
/// <param name="Value">of a column; null where there is none</param>
public sealed partial record ForeignRow(string Place, Func<string, string?> Value)
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

    /// <summary>
    /// What is plainly a time: as PostgreSQL, SQLite and Python write it, year first, or as HTTP does; or seconds or milliseconds since 1970, from
    /// September 2001 to 2286. Without a zone it is UTC. Null for anything else: a smaller number is a count or a flag, and of 03/04/2019
    /// nobody knows the month.
    /// </summary>
    public static DateTimeOffset? Moment(string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? OfNumber(number)
        : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var http) ? http
        : YearFirst().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment
        : null;

    /// <summary>A time at which something can have happened: what somebody has not done yet, or in the year 1, is no proof that they have.</summary>
    public static DateTimeOffset? Past(string? text) => Moment(text) is { } moment && ImportText.CanHaveBeen(moment) ? moment : null;

    /// <summary>Of times that are there and cannot be read: what becomes of them, in sentences.</summary>
    public static IEnumerable<string> Unreadable(string? joined, string? lastLogin)
    {
        if (joined is not null && Moment(joined) is null)
        {
            yield return $"\"{ImportText.Shown(joined)}\" is no time that can be read: they have joined when they were imported.";
        }
        if (lastLogin is not null && Moment(lastLogin) is null)
        {
            yield return $"\"{ImportText.Shown(lastLogin)}\" is no time that can be read: the last sign-in is left out.";
        }
    }

    private static DateTimeOffset? OfNumber(long number) => number switch
    {
        >= 1_000_000_000 and < 10_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(number),
        >= 1_000_000_000_000 and < 10_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(number),
        _ => null,
    };

    [GeneratedRegex(@"\A\d{4}(-\d{2}-\d{2}|/\d{2}/\d{2})([T ]\d{2}:\d{2}|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();
}
