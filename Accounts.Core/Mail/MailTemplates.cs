using System.Collections.Concurrent;
using System.Net;
using Accounts.Core.Branding;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Renders the mails in the language of who reads them: <c>{{name}}</c> becomes the value, escaped in HTML. What they say stands in
/// the language files, of which both parts are made (<see cref="MailText"/>), and <c>layout.html</c> goes around the page. An operator's files in
/// <see cref="MailOptions.TemplatesFolder"/> take the place of ours and are checked at start (<see cref="OwnTemplates"/>).
/// </summary>
public sealed class MailTemplates(IOptions<MailOptions> options, IOptions<SiteOptions> site, MailBrand brand, Languages languages)
{
    internal const string Layout = "layout.html", Content = "{{content}}";

    internal static readonly string[] LayoutNames = ["content", "dir", "lang", "links", "logo", "preview", .. MailBrand.Names, "title", MailKind.Username];

    private readonly ConcurrentDictionary<(string Word, Language Language), MailSource> sources = new();
    private readonly ConcurrentDictionary<(Language Language, bool HasLogo), string> layouts = new();

    /// <summary>The mails that there are templates for.</summary>
    public string[] Words { get; } = [.. MailKind.All.Select(kind => kind.Word)];

    /// <summary>In which a mail with these values is; the default one where it was queued by a version that knew no languages.</summary>
    public Language LanguageOf(IReadOnlyDictionary<string, string> values) => languages.Of(values.GetValueOrDefault(MailKind.Locale));

    /// <summary>What the template of this mail asks for and does not find there.</summary>
    public string[] Lacking(string word, IReadOnlyDictionary<string, string> values) =>
        [.. SourceOf(word, LanguageOf(values)).Names.Where(name => !brand.Values.ContainsKey(name) && !values.ContainsKey(name)).Order(StringComparer.Ordinal)];

    /// <param name="message">as it was queued</param>
    /// <param name="values">what it was queued with</param>
    /// <param name="logo">null for none</param>
    /// <exception cref="UndeliverableException">without what it lacks nothing is left of it</exception>
    public MailMessage Render(OutboxMessage message, IReadOnlyDictionary<string, string> values, LogoPicture? logo) => Render(message.Id, message.Template, message.Recipient, values, logo);

    /// <inheritdoc cref="Render(OutboxMessage, IReadOnlyDictionary{string, string}, LogoPicture?)"/>
    public MailMessage Render(Guid id, string word, string recipient, IReadOnlyDictionary<string, string> values, LogoPicture? logo)
    {
        var (language, lacking) = (LanguageOf(values), Lacking(word, values));
        var source = Usable(SourceOf(word, language), lacking);
        var all = brand.Values.Concat(values).ToDictionary();
        var subject = MailSource.Fill(source.Subject, all, static value => value).ReplaceLineEndings(" ");
        var text = MailSource.Fill(source.Text.Replace(MailText.LineInside, '\n'), all, static value => value) + brand.TextLinks(language);
        var html = RenderHtml(source, LayoutOf(language, logo is not null), language, subject, all);
        return new MailMessage(id, options.Value.SenderAt(site.Value), recipient, subject, text, html)
        {
            Logo = html.Contains($"cid:{MailMessage.LogoId}", StringComparison.Ordinal) ? logo : null,
        };
    }

    private MailSource SourceOf(string word, Language language) =>
        sources.GetOrAdd((word, language), key => MailSource.Load(MailKind.FileOf(key.Word), key.Language, options.Value.TemplatesFolder));

    private string LayoutOf(Language language, bool hasLogo) => layouts.GetOrAdd((language, hasLogo), key =>
        OwnTemplates.ReadLayout(key.Language.Tag, options.Value.TemplatesFolder)
            .Replace(MailBrand.LinksMark, brand.Links(key.Language), StringComparison.Ordinal).Replace(MailBrand.LogoMark, key.HasLogo ? brand.Logo : "", StringComparison.Ordinal));

    private static MailSource Usable(MailSource whole, string[] lacking)
    {
        var source = lacking.Length > 0 ? whole.Without(lacking) : whole;
        if (lacking.Length > 0 && new[] { source.Subject, source.Text, source.Html }.Any(string.IsNullOrWhiteSpace))
        {
            throw new UndeliverableException(
                $"It was queued by another version without {string.Join(", ", lacking)}, and its template has nothing to say without.");
        }
        return source;
    }

    private static string RenderHtml(MailSource source, string layout, Language language, string subject, IReadOnlyDictionary<string, string> values)
    {
        var parts = new Dictionary<string, string>(values)
        {
            ["title"] = subject,
            ["preview"] = MailSource.Fill(source.Preview, values, static value => value),
            ["lang"] = language.Tag,
            ["dir"] = language.Direction,
        };
        var page = layout.Split(Content).Select(part => MailSource.Fill(part, parts, WebUtility.HtmlEncode));
        return string.Join(MailSource.Fill(source.Html, values, WebUtility.HtmlEncode), page);
    }
}
