using System.Text;

namespace Accounts.Core.Users.Lookalikes;

/// <summary>
/// Which scripts a name may be written in: one; those of Japanese, Chinese or Korean, and Latin; or Latin and another one that is in use
/// and does not look like it (UTS 39 section 5.2, "moderately restrictive").
/// </summary>
internal static class ScriptMix
{
    private const string Latin = "Latin";

    private static readonly string[][] Together = [["Han", "Hiragana", "Katakana"], ["Han", "Bopomofo"], ["Han", "Hangul"]];

    /// <summary>UAX 31's table 5, without Cyrillic and Greek.</summary>
    private static readonly HashSet<string> BesideLatin =
    [
        "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam",
        "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan",
    ];

    private static readonly Lazy<(int First, int Last, string Script)[]> Ranges = new(() => [.. Load().OrderBy(range => range.First)]);

    public static bool IsAllowed(string text)
    {
        var scripts = text.EnumerateRunes().Select(Script).OfType<string>().ToHashSet();
        var others = scripts.Where(script => script != Latin).ToList();
        return others.Count == 0 || scripts.Count == 1 || Together.Any(set => others.TrueForAll(set.Contains)) || (others is [var other] && BesideLatin.Contains(other));
    }

    /// <summary>Null for what scripts share: digits, punctuation, marks that stand on any letter.</summary>
    private static string? Script(Rune rune)
    {
        var ranges = Ranges.Value;
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune.Value < ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (rune.Value > ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return ranges[middle].Script;
            }
        }
        return null;
    }

    private static IEnumerable<(int First, int Last, string Script)> Load() =>
        from line in UnicodeTable.Read("scripts.lst")
        from range in line.Values
        let ends = range.Split('-')
        select (UnicodeTable.CodePoint(ends[0]), UnicodeTable.CodePoint(ends[1]), line.Key);
}
