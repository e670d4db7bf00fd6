using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Accounts.Core.Data;

namespace Accounts.Core.Mail;

/// <summary>Renders the mails: <c>{{name}}</c> becomes the value, escaped in HTML; a name without a value is an error.</summary>
public sealed partial class MailTemplates
{
    private const string SubjectMark = "Subject: ";

    private sealed record Source(string Subject, string Text, string Html);

    private readonly Dictionary<MailTemplate, Source> sources = Enum.GetValues<MailTemplate>().ToDictionary(template => template, Load);

    public (string Subject, string Text, string Html) Render(MailTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var source = sources[template];
        return (OneLine(Fill(source.Subject, values, static value => value)),
            Fill(source.Text, values, static value => value),
            Fill(source.Html, values, WebUtility.HtmlEncode));
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> escape) =>
        Placeholder().Replace(text, match => escape(values[match.Groups[1].Value]));

    private static string OneLine(string subject) => subject.ReplaceLineEndings(" ");

    private static Source Load(MailTemplate template)
    {
        var name = SnakeCaseNames.Snake(template.ToString()).Replace('_', '-');
        var text = Read($"{name}.txt");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return new Source(text[SubjectMark.Length..end].Trim(), text[(end + 1)..].TrimStart(), Read($"{name}.html"));
    }

    private static string Read(string file)
    {
        var assembly = typeof(MailTemplates).Assembly;
        using var stream = assembly.GetManifestResourceStream($"Accounts.Core.Mail.Templates.{file}")
            ?? throw new InvalidOperationException($"The mail template {file} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
