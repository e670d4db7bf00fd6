using System.Text;
using System.Text.RegularExpressions;

namespace Accounts.Core.Mail;

/// <summary>A mail's template: a text, with subject and preview above it, and the inside of a page.</summary>
internal sealed partial record MailSource(string Subject, string Preview, string Text, string Html)
{
    private const string SubjectMark = "Subject: ", PreviewMark = "Preview: ";

    /// <summary>What people chose themselves, and could choose to look like a link.</summary>
    private static readonly string[] UserText = ["username", "device"];

    /// <summary>What it asks for.</summary>
    public HashSet<string> Names { get; } = [.. NamesIn(Subject), .. NamesIn(Preview), .. NamesIn(Text), .. NamesIn(Html)];

    /// <param name="file">the files' name without its ending</param>
    /// <param name="folder">an operator's, whose files take the place of ours; empty for none</param>
    public static MailSource Load(string file, string folder)
    {
        var lines = Read($"{file}.txt", folder).ReplaceLineEndings("\n").Split('\n');
        var text = string.Join('\n', lines.SkipWhile(line => IsHeader(line, SubjectMark) || IsHeader(line, PreviewMark)));
        return new MailSource(Header(lines, SubjectMark), Header(lines, PreviewMark), text.TrimStart(), Read($"{file}.html", folder));
    }

    private static string Header(string[] lines, string mark) =>
        lines.Take(2).FirstOrDefault(line => IsHeader(line, mark))?[mark.Length..].Trim() ?? "";

    private static bool IsHeader(string line, string mark) => line.StartsWith(mark, StringComparison.Ordinal);

    public static string Read(string file, string folder)
    {
        if (folder.Length > 0 && File.Exists(Path.Combine(folder, file)))
        {
            return File.ReadAllText(Path.Combine(folder, file), Encoding.UTF8);
        }
        using var stream = typeof(MailSource).Assembly.GetManifestResourceStream($"Accounts.Core.Mail.Templates.{file}")
            ?? throw new InvalidOperationException($"The mail template {file} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

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
