using System.Globalization;
using System.Text;

namespace Accounts.Core.Users;

/// <summary>
/// The signs that scripts from Hebrew to Khmer write a vowel or a tone with (Unicode's Mn and Mc): without them a name is
/// another word. Accents that may stand on any letter are none, for what they make of one has a letter of its own (NFC) or is meant to deceive.
/// </summary>
internal static class VowelSign
{
    /// <summary>Burmese needs four; a pile of them runs over its neighbours.</summary>
    public const int MostOfOneLetter = 4;

    /// <summary>Hebrew's; before it stand the accents of Latin, Greek and Cyrillic letters.</summary>
    private const int First = 0x0591;

    /// <summary>Scripts stand in blocks of at least so many.</summary>
    private const int Block = 0x80;

    /// <summary>Khmer's inherent vowels and Mongolian's variation selectors, which nobody sees.</summary>
    private static readonly int[] Invisible = [0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F];

    /// <param name="letter">the last one before it, on which other signs may stand already</param>
    /// <param name="rune">which is one where it is a mark of that letter's script</param>
    public static bool Follows(Rune letter, Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        && rune.Value >= First && Rune.IsLetter(letter) && letter.Value / Block == rune.Value / Block && !Invisible.Contains(rune.Value);
}
