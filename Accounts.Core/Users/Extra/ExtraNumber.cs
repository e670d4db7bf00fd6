using System.Text.Json;

namespace Accounts.Core.Users.Extra;

/// <summary>A field that is a number.</summary>
public sealed record ExtraNumber(string Name) : ExtraField(Name)
{
    /// <summary>What every reader of JSON keeps to the digit (RFC 8259 section 6).</summary>
    private const long LargestWhole = 9_007_199_254_740_991;

    public bool IsWhole { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    /// <summary>Nothing else, where there are any.</summary>
    public IReadOnlyList<decimal> Choices { get; init; } = [];

    /// <summary>What is said of a value that is no such number.</summary>
    public string Invalid => IsWhole ? "A valid integer is required." : "A valid number is required.";

    protected override int LongestValue => IsWhole ? 17 : 31;

    private decimal Least => Math.Max(Minimum ?? decimal.MinValue, IsWhole ? -LargestWhole : decimal.MinValue);

    private decimal Most => Math.Min(Maximum ?? decimal.MaxValue, IsWhole ? LargestWhole : decimal.MaxValue);

    public override bool Fits(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Mistake(number) is null;

    /// <summary>What is wrong with a value, in the words of DRF; null where nothing is.</summary>
    public string? Mistake(decimal value) => value switch
    {
        _ when IsWhole && !decimal.IsInteger(value) => Invalid,
        _ when Choices.Count > 0 => Choices.Contains(value) ? null : FormattableString.Invariant($"\"{value}\" is not a valid choice."),
        _ when value < Least => FormattableString.Invariant($"Ensure this value is greater than or equal to {Least}."),
        _ when value > Most => FormattableString.Invariant($"Ensure this value is less than or equal to {Most}."),
        _ => null,
    };
}
