using System.Text;

namespace Accounts.Core.Mail;

/// <summary>
/// What a user chose, in a mail to somebody else: short, on one line, and never a link. Mail programs make links of what
/// looks like one, so an invisible word joiner (U+2060) follows each character that would.
/// </summary>
internal static class InertText
{
    private const int Longest = 80;
    private const string MakesLinks = ".:@/";

    public static string Of(string text)
    {
        var inert = new StringBuilder(text.Length + 8);
        var runes = text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).ToList();
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
