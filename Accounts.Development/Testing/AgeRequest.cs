using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Api.Http;

namespace Accounts.Development.Testing;

/// <summary>How much older everything is to be.</summary>
/// <param name="Whose">what belongs to one user; null for all</param>
/// <param name="By">how much</param>
public sealed record AgeForm(Whose? Whose, TimeSpan By);

/// <summary>The body of age.</summary>
public sealed partial record AgeRequest : IRequest<AgeForm>
{
    private const string NotDuration = "Write how long: 90 (seconds), 20m, 36h, 15d or 2w.";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public Field UserId { get; init; }

    public Field Email { get; init; }

    public Field By { get; init; }

    public AgeForm Read(FieldReader fields)
    {
        var by = fields.ShortText("by", By, longest: 20) is { } text ? Duration(text) : TimeSpan.Zero;
        if (by is null)
        {
            fields.Errors.Add("by", NotDuration);
        }
        return new AgeForm(fields.Whose(UserId, Email), by ?? TimeSpan.Zero);
    }

    /// <summary>Null for what is none, or more than ten years.</summary>
    private static TimeSpan? Duration(string text)
    {
        if (Words().Match(text) is not { Success: true } match || !double.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var unit = match.Groups["unit"].Value switch
        {
            "" or "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
        return number * unit.TotalSeconds <= Longest.TotalSeconds ? number * unit : null;
    }

    [GeneratedRegex(@"\A(?<number>\d{1,9}(\.\d{1,6})?)\s*(?<unit>[smhdw]?)\z")]
    private static partial Regex Words();
}
