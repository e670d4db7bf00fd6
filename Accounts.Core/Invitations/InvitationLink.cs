using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Invitations;

/// <summary>From the configuration alone, never from a request; token and address stand in the fragment, which no server sees.</summary>
public sealed class InvitationLink(IOptions<MailOptions> mail, IOptions<SiteOptions> site)
{
    public string Of(string token, EmailAddress email)
    {
        var template = mail.Value.InviteUrl.Length > 0 ? mail.Value.InviteUrl : $"{site.Value.Origin}/sign-up#invitation={{token}}&email={{email}}";
        return template.Replace("{token}", token, StringComparison.Ordinal).Replace("{email}", Uri.EscapeDataString(email.Text), StringComparison.Ordinal);
    }
}
