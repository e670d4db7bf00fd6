using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Where links in mails about security lead: to our own pages at PublicUrl, whatever FrontendUrl says, where no setting has
/// another. From the configuration alone, never from a request; the token stands in the fragment, which no server sees.
/// </summary>
public sealed class MailLinks(IOptions<MailOptions> mail, IOptions<SiteOptions> site)
{
    /// <summary>Where people sign in.</summary>
    public string Home { get; } = site.Value.Frontend;

    /// <summary>Where a new password is asked for; it takes no token.</summary>
    public string ForgotPassword { get; } = mail.Value.ForgotUrl.Length > 0 ? mail.Value.ForgotUrl : $"{site.Value.Origin}/forgot-password";

    public string Change(string token) => Of(mail.Value.ChangeUrl, "confirm-email", token);

    public string Security(string token) => Of(mail.Value.SecurityUrl, "security", token);

    public string Recover(string token) => Of(mail.Value.RecoverUrl, "recover-account", token);

    public string EndSession(string token) => Of(mail.Value.EndSessionUrl, "end-session", token);

    public string Erase(string token) => Of(mail.Value.EraseUrl, "erase", token);

    public string Address(string token) => Of(mail.Value.AddressUrl, "address", token);

    private string Of(string template, string page, string token) =>
        (template.Length > 0 ? template : $"{site.Value.Origin}/{page}#token={{token}}").Replace("{token}", token, StringComparison.Ordinal);
}
