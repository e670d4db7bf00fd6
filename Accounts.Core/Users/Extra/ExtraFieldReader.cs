using System.Text.RegularExpressions;

namespace Accounts.Core.Users.Extra;

/// <summary>Reads one field out of its schema.</summary>
internal static partial class ExtraFieldReader
{
    private const string Type = "type", Enum = "enum", MinLength = "minLength", MaxLength = "maxLength", Pattern = "pattern", Format = "format";
    private const string Minimum = "minimum", Maximum = "maximum", ReadOnly = "readOnly", InToken = "x-in-token";

    private static readonly string[] OfAll = [Type, "title", "description", ReadOnly, InToken];

    /// <exception cref="FormatException">with what is wrong, and what to do</exception>
    public static ExtraField Read(string name, SchemaWords words, bool required)
    {
        Demand(Name().IsMatch(name), "a name is of small letters, digits and _, begins with a letter, and has at most 32 of them.");
        Demand(!ReservedFieldNames.Contains(name), $"the name has a meaning of its own already: choose another, for example \"my_{name}\".");
        ExtraField field = words.Text(Type) switch
        {
            "string" => Text(name, words),
            "integer" => Number(name, words, isWhole: true),
            "number" => Number(name, words, isWhole: false),
            "boolean" => Flag(name, words),
            _ => throw new FormatException("\"type\" must be string, integer, number or boolean."),
        };
        var readOnly = words.Flag(ReadOnly);
        Demand(!required || !readOnly, "it is required and readOnly, so nobody could sign up: take one of them away.");
        return field with
        {
            Title = words.Text("title"), Description = words.Text("description"), IsRequired = required, IsReadOnly = readOnly, IsInToken = words.Flag(InToken),
        };
    }

    private static ExtraText Text(string name, SchemaWords words)
    {
        words.Demand([.. OfAll, Enum, MinLength, MaxLength, Pattern, Format]);
        var choices = words.Texts(Enum);
        var text = new ExtraText(name)
        {
            MinLength = words.Length(MinLength) ?? 0,
            MaxLength = words.Length(MaxLength) ?? (choices.Length > 0 ? choices.Max(choice => choice.Length) : ExtraText.UsualLength),
            Pattern = words.Text(Pattern) is { } pattern ? Compiled(pattern) : null,
            Format = words.Text(Format) is { } format ? FormatOf(format) : null,
            Choices = choices,
        };
        Demand(text.MaxLength > 0 && text.MinLength <= text.MaxLength, "no text could be of that length: raise maxLength, or lower minLength.");
        DemandChoices(choices, words);
        Array.ForEach(choices, choice => Demand(
            choice.Trim() == choice && choice.Length > 0 && !choice.Any(char.IsControl) && !text.MistakesOfForm(choice).Any(),
            $"\"{choice}\" in \"enum\" could not be sent: a text is trimmed and not blank, and the other words hold for it, too."));
        return text;
    }

    private static ExtraNumber Number(string name, SchemaWords words, bool isWhole)
    {
        words.Demand([.. OfAll, Enum, Minimum, Maximum]);
        var number = new ExtraNumber(name) { IsWhole = isWhole, Minimum = words.Number(Minimum), Maximum = words.Number(Maximum) };
        Demand(!(number.Minimum > number.Maximum), "no number lies in between: lower minimum, or raise maximum.");
        var choices = words.Numbers(Enum);
        DemandChoices(choices, words);
        Array.ForEach(choices, choice => Demand(number.Mistake(choice) is null, FormattableString.Invariant($"{choice} in \"enum\" could not be sent: the other words hold for it, too.")));
        return number with { Choices = choices };
    }

    private static ExtraFlag Flag(string name, SchemaWords words)
    {
        words.Demand(OfAll);
        return new ExtraFlag(name);
    }

    private static Regex Compiled(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            throw new FormatException("\"pattern\" takes what may match for ages (looking ahead or behind, a back-reference, a huge repetition): write it without.");
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"\"pattern\" is no regular expression: {e.Message}");
        }
    }

    private static TextFormat FormatOf(string name) => TextFormat.All.SingleOrDefault(format => format.Name == name)
        ?? throw new FormatException($"\"format\" must be {string.Join(", ", TextFormat.All.Select(format => format.Name))}.");

    private static void DemandChoices<T>(T[] choices, SchemaWords words) => Demand(
        choices.Distinct().Count() == choices.Length && (choices.Length > 0 || !words.Names.Contains(Enum)), "\"enum\" must list something, and nothing twice.");

    private static void Demand(bool right, string otherwise)
    {
        if (!right)
        {
            throw new FormatException(otherwise);
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,31}\z")]
    private static partial Regex Name();
}
