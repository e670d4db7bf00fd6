using System.Text;

namespace Accounts.Core.Users.Lookalikes;

/// <summary>What a text is drawn like: of characters that look alike each is the same (UTS 39 section 4). Nothing to show anybody.</summary>
internal static class Skeleton
{
    private static readonly Lazy<Dictionary<int, string>> Prototypes = new(() => Load().ToDictionary());

    public static string Of(string text)
    {
        var drawn = new StringBuilder();
        foreach (var rune in text.InForm(NormalizationForm.FormD).EnumerateRunes())
        {
            drawn.Append(Prototypes.Value.GetValueOrDefault(rune.Value) ?? rune.ToString());
        }
        return drawn.ToString().InForm(NormalizationForm.FormD);
    }

    private static IEnumerable<KeyValuePair<int, string>> Load() =>
        from line in UnicodeTable.Read("confusables.lst")
        let prototype = string.Concat(line.Key.Split(' ').Select(UnicodeTable.CodePoint).Select(char.ConvertFromUtf32))
        from character in line.Values
        select KeyValuePair.Create(UnicodeTable.CodePoint(character), prototype);
}
