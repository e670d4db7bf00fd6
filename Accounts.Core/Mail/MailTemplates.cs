using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Accounts.Core.Data;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Renders the mails: <c>{{name}}</c> becomes the value, escaped in HTML. Ours are in the program; an operator's files of
/// the same names in <see cref="MailOptions.TemplatesFolder"/> take their place and are checked at start.
/// </summary>
public sealed partial class MailTemplates(IOptions<MailOptions> options)
{
    private const string SubjectMark = "Subject: ";

    /// <summary>What people chose themselves, and could choose to look like a link.</summary>
    private static readonly string[] UserText = ["username", "device"];

    private readonly Dictionary<MailTemplate, MailSource> sources =
        Enum.GetValues<MailTemplate>().ToDictionary(template => template, template => Load(template, options.Value.TemplatesFolder));

    public (string Subject, string Text, string Html) Render(MailTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var source = sources[template];
        return (Fill(source.Subject, values, static value => value).ReplaceLineEndings(" "),
            Fill(source.Text, values, static value => value),
            Fill(source.Html, values, WebUtility.HtmlEncode));
    }

    /// <summary>What is wrong with an operator's folder, a sentence each.</summary>
    public static IEnumerable<string> Problems(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [$"the folder {folder} does not exist."];
        }
        var known = Enum.GetValues<MailTemplate>().SelectMany(template => new[] { $"{FileName(template)}.txt", $"{FileName(template)}.html" }).ToHashSet();
        var strange = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Where(file => !known.Contains(file))
            .Select(file => $"{file} is no template; there are {string.Join(", ", known)}.");
        return strange.Concat(Enum.GetValues<MailTemplate>().SelectMany(template => Problems(template, folder)));
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
        Placeholder().Matches(source.Subject + source.Text + source.Html).Select(match => match.Groups[1].Value).Append("username").Append("site");

    private static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> escape) =>
        Placeholder().Replace(text, match => escape(UserText.Contains(match.Groups[1].Value)
            ? InertText.Of(values[match.Groups[1].Value])
            : values[match.Groups[1].Value]));

    private static string FileName(MailTemplate template) => SnakeCaseNames.Snake(template.ToString()).Replace('_', '-');

    private static MailSource Load(MailTemplate template, string folder)
    {
        var text = Read($"{FileName(template)}.txt", folder);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return text.StartsWith(SubjectMark, StringComparison.Ordinal) && end > 0
            ? new MailSource(text[SubjectMark.Length..end].Trim(), text[(end + 1)..].TrimStart(), Read($"{FileName(template)}.html", folder))
            : new MailSource("", text, "");
    }

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

    private sealed record MailSource(string Subject, string Text, string Html);
}
