using System.Globalization;
using System.Text;

namespace Accounts.Api.Providers;

/// <summary>A provider's own words, for our log alone: on one line, without what turns or hides text, and cut to a length.</summary>
internal static class ProviderWords
{
    private const int Longest = 200;

    public static string Of(string? words)
    {
        var safe = new StringBuilder();
        foreach (var rune in (words ?? "").EnumerateRunes().Take(Longest))
        {
            safe.Append(IsPlain(rune) ? rune : new Rune('\uFFFD'));
        }
        return safe.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
