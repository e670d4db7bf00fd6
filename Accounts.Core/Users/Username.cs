using System.Text;
using Accounts.Core.Failures;
using Accounts.Core.Users.Lookalikes;

namespace Accounts.Core.Users;

/// <summary>
/// A valid username: Django's rule, less what Unicode would let pass for something else, and with the vowel signs that its
/// <c>\w</c> takes for no letters. Compared by <see cref="Key"/>.
/// </summary>
public sealed record Username
{
    /// <summary>In UTF-16 code units, as Django's form counts.</summary>
    public const int Longest = 150;

    private static readonly Sentence Invalid = "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.";
    private static readonly Sentence IsAddress = "Enter a valid username. This value may not be an e-mail address.";
    private static readonly Sentence IsReserved = "Enter a valid username. This one is reserved.";
    private static readonly Sentence IsMixed = "Enter a valid username. This value may not mix these scripts.";

    /// <exception cref="ArgumentException">it is not valid, or never was: <see cref="Mistakes"/> tells beforehand</exception>
    public Username(string text) => Text = MistakesOfForm(text).Any() ? throw new ArgumentException("Not a valid username.", nameof(text)) : text;

    public string Text { get; }

    public string Key => LookupKey.OfUsername(Text);

    /// <summary>The same for all names that look like it.</summary>
    public byte[] Shape => ShapeOf(Text);

    /// <summary>Of any name, as it may have been allowed once.</summary>
    public static byte[] ShapeOf(string name) => NameShape.Of(name);

    /// <summary>What is wrong with it, for who chose it.</summary>
    public static IEnumerable<Sentence> Mistakes(string text) => MistakesOfForm(text).ToList() is [_, ..] mistakes ? mistakes : MistakesOfChoice(text);

    /// <summary>What keeps it from being one at all, whoever chose it and when.</summary>
    public static IEnumerable<Sentence> MistakesOfForm(string text)
    {
        if (text.Length > Longest)
        {
            yield return $"Ensure this field has no more than {Longest} characters.";
        }
        else if (!IsWellFormed(text))
        {
            yield return Invalid;
        }
        else if (EmailAddress.TryParse(text, out _))
        {
            yield return IsAddress;
        }
        if (text.Contains('\0'))
        {
            yield return FieldErrors.NullCharacter;
        }
    }

    /// <summary>Who is called so already stays so.</summary>
    private static IEnumerable<Sentence> MistakesOfChoice(string text)
    {
        if (!ScriptMix.IsAllowed(text))
        {
            yield return IsMixed;
        }
        else if (ReservedNames.Contains(text))
        {
            yield return IsReserved;
        }
    }

    internal static bool IsWellFormed(string text)
    {
        var letter = default(Rune);
        var signs = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            signs = VowelSign.Follows(letter, rune) ? signs + 1 : 0;
            if (signs > VowelSign.MostOfOneLetter || (signs == 0 && !Rune.IsLetterOrDigit(rune) && !IsPunctuation(rune)))
            {
                return false;
            }
            letter = signs == 0 ? rune : letter;
        }
        return IsStable(text);
    }

    private static bool IsPunctuation(Rune rune) => rune.IsAscii && "@.+-_".Contains((char)rune.Value);

    /// <summary>Fullwidth letters, ligatures, the Kelvin sign: what compatibility normalisation changes looks like another name.</summary>
    private static bool IsStable(string text) => text.IsNormalized(NormalizationForm.FormKC);

    public override string ToString() => Text;
}
