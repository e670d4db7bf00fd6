using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>Makes a verification token and queues the mail that carries it; both are saved by the caller.</summary>
public sealed class VerificationMail(
    AccountsDb db, MailQueue mails, SecretKeys keys, IOptions<MailOptions> mail, IOptions<SiteOptions> site, TimeProvider time)
{
    /// <param name="user">whose address it is</param>
    /// <param name="attempt">whose browser alone the code counts in: that of who registered goes by the user's id; null for none</param>
    public void Add(User user, Guid? attempt)
    {
        db.MailedTokens.Add(MailedToken.ForVerification(user, attempt, keys.Current, time.GetUtcNow(), out var token, out var code));
        Queue(user, token, code);
    }

    /// <inheritdoc cref="Add(User, Guid?)"/>
    /// <param name="locale">the language of who asked, who has no account yet</param>
    public void Add(PendingSignUp signUp, Guid? attempt, string? locale)
    {
        db.MailedTokens.Add(MailedToken.ForSignUp(signUp.Id, signUp.Address, attempt, keys.Current, time.GetUtcNow(), out var token, out var code));
        Queue(signUp.ToUser(username: null, time.GetUtcNow(), locale), token, code);
    }

    private void Queue(User recipient, string token, string code) =>
        mails.Add(new VerifyEmailMail(Link(token), code, MailedToken.VerifyLifetime), recipient, time.GetUtcNow() + MailedToken.VerifyLifetime);

    /// <summary>From the configuration alone, never from a request; the token stands in the fragment, which no server sees.</summary>
    private string Link(string token)
    {
        var template = mail.Value.VerifyUrl.Length > 0 ? mail.Value.VerifyUrl : $"{site.Value.Frontend}/verify-email#token={{token}}";
        return template.Replace("{token}", token, StringComparison.Ordinal);
    }
}
