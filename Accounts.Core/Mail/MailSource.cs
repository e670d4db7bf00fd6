using System.Text;
using System.Text.RegularExpressions;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>A mail's template: a text, with subject and preview above it, and the inside of a page.</summary>
internal sealed partial record MailSource(string Subject, string Preview, string Text, string Html)
{
    private const string SubjectMark = "Subject: ", PreviewMark = "Preview: ";

    /// <summary>What people chose themselves, and could choose to look like a link.</summary>
    private static readonly string[] UserText = ["username", "device"];

    /// <summary>What it asks for.</summary>
    public HashSet<string> Names { get; } = [.. NamesIn(Subject), .. NamesIn(Preview), .. NamesIn(Text), .. NamesIn(Html)];

    /// <summary>Ours in that language, and in place of it what an operator has.</summary>
    /// <param name="file">the files' name without its ending</param>
    /// <param name="folder">an operator's, with a folder for a language inside; empty for none</param>
    public static MailSource Load(string file, Language language, string folder)
    {
        var source = MailText.Read(language, file);
        if (Own($"{file}.txt", language.Tag, folder) is { } text)
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n');
            var rest = string.Join('\n', lines.SkipWhile(line => IsHeader(line, SubjectMark) || IsHeader(line, PreviewMark)));
            source = new MailSource(Header(lines, SubjectMark), Header(lines, PreviewMark), rest.TrimStart(), source.Html);
        }
        return Own($"{file}.html", language.Tag, folder) is { } html ? new MailSource(source.Subject, source.Preview, source.Text, html) : source;
    }

    private static string Header(string[] lines, string mark) =>
        lines.Take(2).FirstOrDefault(line => IsHeader(line, mark))?[mark.Length..].Trim() ?? "";

    private static bool IsHeader(string line, string mark) => line.StartsWith(mark, StringComparison.Ordinal);

    /// <summary>An operator's file: of the language, else of all.</summary>
    public static string? Own(string file, string tag, string folder) => folder.Length == 0 ? null
        : new[] { Path.Combine(folder, tag, file), Path.Combine(folder, file) }.Where(File.Exists).Select(path => File.ReadAllText(path, Encoding.UTF8)).FirstOrDefault();

    public static IEnumerable<string> NamesIn(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>Leaves out each line that asks for one of these: better a mail that says less than none.</summary>
    public MailSource Without(string[] names) =>
        new(Without(Subject, names), Without(Preview, names), Without(Text, names), Without(Html, names));

    private static string Without(string text, string[] names) =>
        string.Join('\n', text.Split('\n').Where(line => !NamesIn(line).Intersect(names).Any()));

    public static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> escape) =>
        Placeholder().Replace(text, match => escape(UserText.Contains(match.Groups[1].Value)
            ? InertText.Of(values[match.Groups[1].Value])
            : values[match.Groups[1].Value]));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
