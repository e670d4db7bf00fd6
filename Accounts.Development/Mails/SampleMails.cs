using Accounts.Core;
using Accounts.Core.Branding;
using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Development.Mails;

/// <summary>Every mail that the server may send, in a language, with made-up values.</summary>
public sealed class SampleMails(MailTemplates templates, Languages languages, BrandLogo logo, IOptions<SiteOptions> site)
{
    private const string Locale = "locale";

    private static readonly DateTimeOffset When = new(2027, 3, 1, 9, 5, 0, TimeSpan.Zero);
    private static readonly DeviceName Device = new("Chrome", "iPhone or iPad");

    /// <param name="tag">the language's; the default one where we do not have it</param>
    /// <param name="cancellation">ends the wait for a logo</param>
    public async Task<List<(string Kind, MailMessage Mail)>> ReadAsync(string? tag, CancellationToken cancellation)
    {
        var picture = await logo.ReadAsync(cancellation);
        return [.. templates.Words.Order(StringComparer.Ordinal).Select(word => (word, Render(word, languages.Of(tag), picture)))];
    }

    private MailMessage Render(string word, Language language, LogoPicture? picture)
    {
        var asked = templates.Lacking(word, new Dictionary<string, string> { [Locale] = language.Tag });
        var values = asked.ToDictionary(name => name, name => Value(name, language));
        values[Locale] = language.Tag;
        return templates.Render(Guid.Empty, word, "ann@example.com", values, picture);
    }

    private string Value(string name, Language language) => name switch
    {
        "address" => "203.0.113.9",
        "code" => "12345678",
        "device" => language.Device(Device),
        "effective_at" or "until" or "when" => language.Moment(When),
        "factor" => language.Named("authenticator app"),
        "kept" or "connected" or "ways" => language.List(["password", "a passkey", "Google"]),
        "link" or "not_me" or "reset" => $"{site.Value.Origin}/{name}#token={new string('A', 43)}",
        "new_email" => "a…@example.com",
        "passkey" => "iCloud Keychain",
        "provider" => "Google",
        "roles" => language["lists.none"],
        "username" => "ann",
        "valid_for" => language.Duration(TimeSpan.FromMinutes(30)),
        _ => throw new InvalidOperationException($"There is no sample of {name}."),
    };
}
