using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>Makes a verification token and queues the mail that carries it; both are saved by the caller.</summary>
public sealed class VerificationMail(
    AccountsDb db, MailQueue mails, SecretKeys keys, IOptions<MailOptions> mail, IOptions<SiteOptions> site, TimeProvider time)
{
    public void Add(User user)
    {
        var token = MailedToken.ForVerification(user, keys.Current, time.GetUtcNow(), out var text, out var code);
        db.MailedTokens.Add(token);
        mails.Add(new VerifyEmailMail(Link(text), code, "24 hours"), user, time.GetUtcNow() + MailedToken.VerifyLifetime);
    }

    /// <summary>From the configuration alone, never from a request; the token stands in the fragment, which no server sees.</summary>
    private string Link(string token)
    {
        var template = mail.Value.VerifyUrl.Length > 0 ? mail.Value.VerifyUrl : $"{site.Value.Frontend}/verify-email#token={{token}}";
        return template.Replace("{token}", token, StringComparison.Ordinal);
    }
}
