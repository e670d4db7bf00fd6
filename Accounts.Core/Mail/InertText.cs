using System.Text;

namespace Accounts.Core.Mail;

/// <summary>
/// What a user chose, in a mail to somebody else: short, on one line, in its own direction, and never a link. Mail programs make links of what
/// looks like one, so an invisible word joiner (U+2060) follows each character that would.
/// </summary>
internal static class InertText
{
    private const int Longest = 80;
    private const string MakesLinks = ".:@/";

    /// <summary>What turns the direction of writing, or ends a line without being a control character.</summary>
    private const string Turns = "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029";

    public static string Of(string text)
    {
        var inert = new StringBuilder(text.Length + 8);
        var runes = text.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && !(rune.IsBmp && Turns.Contains((char)rune.Value))).ToList();
        foreach (var rune in runes.Take(Longest))
        {
            inert.Append(rune);
            if (rune.IsAscii && MakesLinks.Contains((char)rune.Value))
            {
                inert.Append('\u2060');
            }
        }
        return runes.Count > Longest ? inert.Append('…').ToString() : inert.ToString();
    }
}
