using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Core.Failures;

namespace Accounts.Core.Users.Extra;

/// <summary>A field that is a text, of one line and without spaces around it.</summary>
public sealed record ExtraText(string Name) : ExtraField(Name)
{
    /// <summary>Of one that says nothing of its length.</summary>
    public const int UsualLength = 255;

    public int MinLength { get; init; }

    /// <summary>In code points, as JSON Schema counts.</summary>
    public int MaxLength { get; init; } = UsualLength;

    /// <summary>Matches somewhere in it, in time that grows with the text alone.</summary>
    public Regex? Pattern { get; init; }

    public TextFormat? Format { get; init; }

    /// <summary>Nothing else, where there are any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    protected override int LongestValue => MaxLength + 2;

    public override bool Fits(JsonElement value) => value.ValueKind == JsonValueKind.String && !Mistakes(value.GetString()!).Any();

    /// <summary>What is wrong with a value, in the words of DRF.</summary>
    public IEnumerable<Sentence> Mistakes(string text)
    {
        if (Choices.Count == 0)
        {
            return MistakesOfForm(text);
        }
        return Choices.Contains(text) ? [] : [$"\"{text}\" is not a valid choice."];
    }

    /// <summary>A text that is too long is not looked at any further.</summary>
    public IEnumerable<Sentence> MistakesOfForm(string text)
    {
        var length = text.EnumerateRunes().Count();
        if (length > MaxLength)
        {
            yield return $"Ensure this field has no more than {MaxLength} characters.";
            yield break;
        }
        if (length < MinLength)
        {
            yield return $"Ensure this field has at least {MinLength} characters.";
        }
        if (Pattern?.IsMatch(text) == false)
        {
            yield return "This value does not match the required pattern.";
        }
        if (Format?.IsMet(text) == false)
        {
            yield return Format.Words;
        }
    }
}
