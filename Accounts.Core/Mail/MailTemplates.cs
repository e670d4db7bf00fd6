using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Accounts.Core.Data;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Renders the mails: <c>{{name}}</c> becomes the value, escaped in HTML. Each is a text, with subject and preview above
/// it, and the inside of a page, which <c>layout.html</c> goes around. Ours are in the program; an operator's files of the
/// same names in <see cref="MailOptions.TemplatesFolder"/> take their place and are checked at start.
/// </summary>
public sealed partial class MailTemplates(IOptions<MailOptions> options)
{
    private const string SubjectMark = "Subject: ", PreviewMark = "Preview: ", Layout = "layout.html";

    /// <summary>What people chose themselves, and could choose to look like a link.</summary>
    private static readonly string[] UserText = ["username", "device"];

    private readonly Dictionary<MailTemplate, MailSource> sources =
        Enum.GetValues<MailTemplate>().ToDictionary(template => template, template => Load(template, options.Value.TemplatesFolder));

    private readonly string layout = Read(Layout, options.Value.TemplatesFolder);

    public (string Subject, string Text, string Html) Render(MailTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var source = sources[template];
        var subject = Fill(source.Subject, values, static value => value).ReplaceLineEndings(" ");
        return (subject, Fill(source.Text, values, static value => value), RenderHtml(source, subject, values));
    }

    private string RenderHtml(MailSource source, string subject, IReadOnlyDictionary<string, string> values)
    {
        var parts = new Dictionary<string, string>(values)
        {
            ["title"] = subject,
            ["preview"] = Fill(source.Preview, values, static value => value),
        };
        var page = layout.Split("{{content}}");
        return string.Join(Fill(source.Html, values, WebUtility.HtmlEncode), page.Select(part => Fill(part, parts, WebUtility.HtmlEncode)));
    }

    /// <summary>What is wrong with an operator's folder, a sentence each.</summary>
    public static IEnumerable<string> Problems(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [$"the folder {folder} does not exist."];
        }
        var known = Enum.GetValues<MailTemplate>().SelectMany(template => new[] { $"{FileName(template)}.txt", $"{FileName(template)}.html" }).Append(Layout).ToHashSet();
        var strange = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Where(file => !known.Contains(file))
            .Select(file => $"{file} is no template; there are {string.Join(", ", known)}.");
        var empty = Read(Layout, folder).Split("{{content}}").Length == 2 ? Array.Empty<string>() : [$"{Layout} must contain {{{{content}}}} once."];
        return strange.Concat(empty).Concat(Enum.GetValues<MailTemplate>().SelectMany(template => Problems(template, folder)));
    }

    private static IEnumerable<string> Problems(MailTemplate template, string folder)
    {
        var (ours, theirs) = (Load(template, ""), Load(template, folder));
        if (theirs.Subject.Length == 0)
        {
            yield return $"{FileName(template)}.txt must begin with a line \"Subject: …\".";
        }
        var names = Names(ours).ToHashSet();
        foreach (var name in Names(theirs).Where(name => !names.Contains(name)).Distinct())
        {
            yield return $"{FileName(template)} uses {{{{{name}}}}}; it has {string.Join(", ", names.Order(StringComparer.Ordinal))}.";
        }
    }

    private static IEnumerable<string> Names(MailSource source) =>
        Placeholder().Matches(source.Subject + source.Preview + source.Text + source.Html).Select(match => match.Groups[1].Value).Append("username").Append("site");

    private static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> escape) =>
        Placeholder().Replace(text, match => escape(UserText.Contains(match.Groups[1].Value)
            ? InertText.Of(values[match.Groups[1].Value])
            : values[match.Groups[1].Value]));

    private static string FileName(MailTemplate template) => SnakeCaseNames.Snake(template.ToString()).Replace('_', '-');

    private static MailSource Load(MailTemplate template, string folder)
    {
        var lines = Read($"{FileName(template)}.txt", folder).ReplaceLineEndings("\n").Split('\n');
        var text = string.Join('\n', lines.SkipWhile(line => line.StartsWith(SubjectMark, StringComparison.Ordinal) || line.StartsWith(PreviewMark, StringComparison.Ordinal)));
        return new MailSource(Header(lines, SubjectMark), Header(lines, PreviewMark), text.TrimStart(), Read($"{FileName(template)}.html", folder));
    }

    private static string Header(string[] lines, string mark) =>
        lines.Take(2).FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..].Trim() ?? "";

    private static string Read(string file, string folder)
    {
        if (folder.Length > 0 && File.Exists(Path.Combine(folder, file)))
        {
            return File.ReadAllText(Path.Combine(folder, file), Encoding.UTF8);
        }
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"Accounts.Core.Mail.Templates.{file}")
            ?? throw new InvalidOperationException($"The mail template {file} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    private sealed record MailSource(string Subject, string Preview, string Text, string Html);
}
