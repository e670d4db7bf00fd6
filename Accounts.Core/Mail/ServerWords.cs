using System.Globalization;
using System.Text;

namespace Accounts.Core.Mail;

/// <summary>What a mail server says, fit for a column of text and for a terminal: it may say anything, and a terminal obeys an ESC.</summary>
internal static class ServerWords
{
    /// <summary>On one line: what ends one, commands something or is not seen becomes a space, and several a single one.</summary>
    public static string Of(string words)
    {
        var clean = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (!IsBlank(rune))
            {
                clean.Append(rune);
            }
            else if (clean.Length > 0 && clean[^1] != ' ')
            {
                clean.Append(' ');
            }
        }
        return clean.ToString().Trim();
    }

    private static bool IsBlank(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
