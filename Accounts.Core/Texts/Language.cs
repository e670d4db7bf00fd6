using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Core.Failures;

namespace Accounts.Core.Texts;

/// <summary>One language, and what is said in it. Only texts depend on it: the program's culture stays the invariant one.</summary>
public sealed partial class Language
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> texts;

    /// <param name="tag">its tag</param>
    /// <param name="read">reads its texts, once somebody wants one: most servers need two languages</param>
    internal Language(string tag, Func<IReadOnlyDictionary<string, string>> read) => (Tag, texts) = (tag, new(read));

    /// <summary>Its BCP 47 tag, for example <c>pt-BR</c>.</summary>
    public string Tag { get; }

    /// <exception cref="KeyNotFoundException">there is no such text</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"There is no text {key}.");

    public string? Find(string key) => texts.Value.GetValueOrDefault(key);

    /// <summary>All below a name: their paths from there, and what they say.</summary>
    public IEnumerable<KeyValuePair<string, string>> Below(string name) =>
        texts.Value.Where(text => text.Key.StartsWith(name + '.', StringComparison.Ordinal)).Select(text => KeyValuePair.Create(text.Key[(name.Length + 1)..], text.Value));

    /// <summary>A text that has a form for one and a form for more: <c>{n}</c> in it is the number.</summary>
    public string Count(string key, long number) =>
        Fill($"{key}.{(IsOne(number) ? "one" : "other")}", ("n", number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A text with values in the places of the names in it: <c>{email}</c>.</summary>
    public string Fill(string key, params IEnumerable<(string Name, string Value)> values)
    {
        var known = values.ToDictionary(value => value.Name, value => value.Value);
        return Place().Replace(this[key], match => known.GetValueOrDefault(match.Groups[1].Value, match.Value));
    }

    /// <summary>A sentence of an answer, in English where this language does not have it.</summary>
    public string Say(Sentence sentence) => sentence.In(Find(LanguageFile.Answers + sentence.Template) ?? sentence.Template, Say);

    /// <summary>The names in a text.</summary>
    internal static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>CLDR's cardinal rules for whole numbers: of our languages French and Portuguese take nought for one.</summary>
    private bool IsOne(long number) => number == 1 || (number == 0 && Tag.Split('-')[0] is "fr" or "pt");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
