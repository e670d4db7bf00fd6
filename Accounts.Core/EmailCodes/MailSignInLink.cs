using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.EmailCodes;

/// <summary>From the configuration alone, never from a request; the token stands in the fragment, which no server sees.</summary>
public sealed class MailSignInLink(IOptions<MailOptions> mail, IOptions<SiteOptions> site)
{
    public string Of(string token)
    {
        var template = mail.Value.CodeUrl.Length > 0 ? mail.Value.CodeUrl : $"{site.Value.Origin}/sign-in/code#token={{token}}";
        return template.Replace("{token}", token, StringComparison.Ordinal);
    }
}
