using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Accounts.Core.Users;

/// <summary>A well-formed language tag (RFC 5646 section 2.1, BCP 47) in its usual case (section 2.1.1): <c>pt-BR</c>, <c>zh-Hant-TW</c>.</summary>
public sealed partial record LanguageTag
{
    /// <summary>RFC 5646 section 4.4.1 asks for room for so many characters.</summary>
    public const int Longest = 35;

    private LanguageTag(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out LanguageTag? tag)
    {
        var lower = LookupKey.LowerAscii(text);
        tag = text.Length <= Longest && WellFormed().IsMatch(lower) ? new LanguageTag(InUsualCase(lower.Split('-'))) : null;
        return tag is not null;
    }

    /// <summary>Regions in capitals, scripts with one, neither at the start nor after a subtag of one character.</summary>
    private static string InUsualCase(string[] subtags) => string.Join('-', subtags.Select((subtag, i) =>
        i == 0 || subtags[..i].Any(before => before.Length == 1) ? subtag : subtag.Length switch
        {
            2 => subtag.ToUpperInvariant(),
            4 => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(subtag),
            _ => subtag,
        }));

    public override string ToString() => Text;

    /// <summary>Of small letters. The few old tags that are of no such form (<c>i-klingon</c>) all have successors that are.</summary>
    [GeneratedRegex("""
        \A(
          ([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})  (-[a-z]{4})?  (-([a-z]{2}|[0-9]{3}))?
          (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*  (-[0-9a-wyz](-[a-z0-9]{2,8})+)*  (-x(-[a-z0-9]{1,8})+)?
          |x(-[a-z0-9]{1,8})+
        )\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex WellFormed();
}
