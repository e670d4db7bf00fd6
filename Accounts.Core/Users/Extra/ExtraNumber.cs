using System.Text.Json;
using Accounts.Core.Failures;

namespace Accounts.Core.Users.Extra;

/// <summary>A field that is a number.</summary>
public sealed record ExtraNumber(string Name) : ExtraField(Name)
{
    /// <summary>What every reader of JSON keeps to the digit (RFC 8259 section 6).</summary>
    private const long LargestWhole = 9_007_199_254_740_991;

    private static readonly Sentence NotWhole = "A valid integer is required.", NotNumber = "A valid number is required.", NoChoice = "\"{0}\" is not a valid choice.";
    private static readonly Sentence TooSmall = "Ensure this value is greater than or equal to {0}.", TooLarge = "Ensure this value is less than or equal to {0}.";

    public bool IsWhole { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    /// <summary>Nothing else, where there are any.</summary>
    public IReadOnlyList<decimal> Choices { get; init; } = [];

    /// <summary>What is said of a value that is no such number.</summary>
    public Sentence Invalid => IsWhole ? NotWhole : NotNumber;

    protected override int LongestValue => IsWhole ? 17 : 31;

    private decimal Least => Math.Max(Minimum ?? decimal.MinValue, IsWhole ? -LargestWhole : decimal.MinValue);

    private decimal Most => Math.Min(Maximum ?? decimal.MaxValue, IsWhole ? LargestWhole : decimal.MaxValue);

    public override bool Fits(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Mistake(number) is null;

    /// <summary>What is wrong with a value, in the words of DRF; null where nothing is.</summary>
    public Sentence? Mistake(decimal value) => value switch
    {
        _ when IsWhole && !decimal.IsInteger(value) => Invalid,
        _ when Choices.Count > 0 => Choices.Contains(value) ? null : NoChoice.With(value),
        _ when value < Least => TooSmall.With(Least),
        _ when value > Most => TooLarge.With(Most),
        _ => null,
    };
}
