using System.Net;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Renders the mails: <c>{{name}}</c> becomes the value, escaped in HTML. Each is a text, with subject and preview above
/// it, and the inside of a page, which <c>layout.html</c> goes around. Ours are in the program; an operator's files of the
/// same names in <see cref="MailOptions.TemplatesFolder"/> take their place and are checked at start.
/// </summary>
public sealed class MailTemplates(IOptions<MailOptions> options, IOptions<SiteOptions> site, MailBrand brand)
{
    private const string Layout = "layout.html", Content = "{{content}}";

    private static readonly string[] LayoutNames = ["content", "links", "preview", .. MailBrand.Names, "title", MailKind.Username];

    private readonly Dictionary<string, MailSource> sources =
        MailKind.All.ToDictionary(kind => kind.Word, kind => MailSource.Load(kind.File, options.Value.TemplatesFolder));

    private readonly string layout = MailSource.Read(Layout, options.Value.TemplatesFolder).Replace(MailBrand.LinksMark, brand.Links, StringComparison.Ordinal);

    /// <summary>The mails that there are templates for.</summary>
    public string[] Words => [.. sources.Keys];

    /// <summary>What the template of this mail asks for and does not find there.</summary>
    public string[] Lacking(string word, IReadOnlyDictionary<string, string> values) =>
        [.. sources[word].Names.Where(name => !brand.Values.ContainsKey(name) && !values.ContainsKey(name)).Order(StringComparer.Ordinal)];

    /// <exception cref="UndeliverableException">without what it lacks nothing is left of it</exception>
    public MailMessage Render(OutboxMessage message, IReadOnlyDictionary<string, string> values)
    {
        var source = Usable(message.Template, Lacking(message.Template, values));
        var all = brand.Values.Concat(values).ToDictionary();
        var subject = MailSource.Fill(source.Subject, all, static value => value).ReplaceLineEndings(" ");
        var text = MailSource.Fill(source.Text, all, static value => value) + brand.TextLinks;
        return new MailMessage(message.Id, options.Value.SenderAt(site.Value), message.Recipient, subject, text, RenderHtml(source, subject, all));
    }

    private MailSource Usable(string word, string[] lacking)
    {
        var source = lacking.Length > 0 ? sources[word].Without(lacking) : sources[word];
        if (lacking.Length > 0 && new[] { source.Subject, source.Text, source.Html }.Any(string.IsNullOrWhiteSpace))
        {
            throw new UndeliverableException(
                $"It was queued by another version without {string.Join(", ", lacking)}, and its template has nothing to say without.");
        }
        return source;
    }

    private string RenderHtml(MailSource source, string subject, IReadOnlyDictionary<string, string> values)
    {
        var parts = new Dictionary<string, string>(values)
        {
            ["title"] = subject,
            ["preview"] = MailSource.Fill(source.Preview, values, static value => value),
        };
        var page = layout.Split(Content).Select(part => MailSource.Fill(part, parts, WebUtility.HtmlEncode));
        return string.Join(MailSource.Fill(source.Html, values, WebUtility.HtmlEncode), page);
    }

    /// <summary>What is wrong with an operator's folder, a sentence each.</summary>
    public static IEnumerable<string> Problems(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [$"the folder {folder} does not exist."];
        }
        var known = MailKind.All.SelectMany(kind => new[] { $"{kind.File}.txt", $"{kind.File}.html" }).Append(Layout).ToArray();
        var strange = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Except(known)
            .Select(file => $"{file} is no template; there are {string.Join(", ", known)}.");
        return strange.Concat(LayoutProblems(MailSource.Read(Layout, folder)))
            .Concat(MailKind.All.SelectMany(kind => Problems(kind, folder)));
    }

    private static IEnumerable<string> LayoutProblems(string layout)
    {
        if (layout.Split(Content).Length != 2)
        {
            yield return $"{Layout} must contain {Content} once.";
        }
        foreach (var name in MailSource.NamesIn(layout).Except(LayoutNames))
        {
            yield return $"{Layout} uses {{{{{name}}}}}; it has {string.Join(", ", LayoutNames)}.";
        }
    }

    private static IEnumerable<string> Problems(MailKind kind, string folder)
    {
        var source = MailSource.Load(kind.File, folder);
        if (source.Subject.Length == 0)
        {
            yield return $"{kind.File}.txt must begin with a line \"Subject: …\".";
        }
        foreach (var name in source.Names.Except(kind.Names))
        {
            yield return $"{kind.File} uses {{{{{name}}}}}; it has {string.Join(", ", kind.Names.Order(StringComparer.Ordinal))}.";
        }
    }
}
