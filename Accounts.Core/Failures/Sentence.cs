using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Accounts.Core.Failures;

/// <summary>
/// What a person is told, in English, and apart from it what stands in its places: other languages say it by its template. A
/// text becomes one by itself, and so does an interpolated text, whose holes become places.
/// </summary>
[InterpolatedStringHandler]
public sealed partial class Sentence
{
    private readonly StringBuilder template;
    private readonly List<object> values;

    public Sentence(int literalLength, int formattedCount) : this("", new List<object>(formattedCount)) => template.EnsureCapacity(literalLength);

    private Sentence(string template, List<object> values) => (this.template, this.values) = (new StringBuilder(template), values);

    /// <summary>Its English words, with <c>{0}</c> and <c>{1}</c> in its places.</summary>
    public string Template => template.ToString();

    public static implicit operator Sentence(string text) => new(text, []);

    /// <summary>Words that are not ours, and that no language of ours has: an operator's, a parser's.</summary>
    public static Sentence Foreign(string text) => new(text, []);

    /// <summary>Called by the compiler, for what stands between the holes of an interpolated text.</summary>
    public void AppendLiteral(string text) => template.Append(text);

    /// <summary>Called by the compiler, for a hole. A sentence in one is said in the language of the whole.</summary>
    public void AppendFormatted<T>(T value)
    {
        template.Append('{').Append(values.Count).Append('}');
        values.Add(Written(value));
    }

    /// <summary>The same with values in its places.</summary>
    public Sentence With(params object[] all) => new(Template, [.. all.Select(Written)]);

    private static object Written<T>(T value) => value as Sentence ?? (object)(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    /// <param name="words">the template in some language</param>
    /// <param name="say">the same for the sentences in its places</param>
    public string In(string words, Func<Sentence, string> say) => values.Count == 0 ? words : Place().Replace(words, match =>
        int.Parse(match.ValueSpan[1..^1], CultureInfo.InvariantCulture) is var place && place < values.Count ? values[place] is Sentence inner ? say(inner) : (string)values[place] : match.Value);

    /// <summary>In English.</summary>
    public override string ToString() => In(Template, inner => inner.ToString());

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
