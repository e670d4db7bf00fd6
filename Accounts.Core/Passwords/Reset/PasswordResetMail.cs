using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords.Reset;

/// <summary>That sets a new password, once.</summary>
public sealed record ResetLink(string Link, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(ResetLink);
}

/// <summary>Makes a reset token and queues the mail that carries it; both are saved by the caller.</summary>
public sealed class PasswordResetMail(AccountsDb db, MailQueue mails, SecretKeys keys, IOptions<MailOptions> mail, IOptions<SiteOptions> site)
{
    /// <param name="user">whose stored address it goes to</param>
    /// <param name="attempt">whose browser alone the code counts in; null for none</param>
    /// <param name="now">the database's time</param>
    public void Add(User user, Guid? attempt, DateTimeOffset now)
    {
        var token = MailedToken.ForReset(user, attempt, keys.Current, now, out var text, out var code);
        db.MailedTokens.Add(token);
        mails.Add(new ResetPasswordMail(Link(text), code, MailedToken.ResetLifetime), user, token.ExpiresAt);
    }

    /// <summary>Without a code, for somebody else has asked.</summary>
    /// <param name="user">whose stored address it goes to</param>
    /// <param name="lifetime">as long as the link is good</param>
    /// <param name="made">the mail, of its link</param>
    /// <param name="now">the database's time</param>
    public void Add(User user, TimeSpan lifetime, Func<string, OutgoingMail> made, DateTimeOffset now)
    {
        var (link, expiresAt) = Make(user, lifetime, now);
        mails.Add(made(link), user, expiresAt);
    }

    /// <summary>No mail: the link is for who asks, and is shown nowhere else.</summary>
    /// <param name="user">whose password it may set</param>
    /// <param name="lifetime">as long as it is good</param>
    /// <param name="now">the database's time</param>
    public ResetLink Make(User user, TimeSpan lifetime, DateTimeOffset now)
    {
        var token = MailedToken.ForReset(user, lifetime, now, out var text);
        db.MailedTokens.Add(token);
        return new ResetLink(Link(text), token.ExpiresAt);
    }

    /// <summary>From the configuration alone, never from a request; the token stands in the fragment, which no server sees.</summary>
    private string Link(string token)
    {
        var template = mail.Value.ResetUrl.Length > 0 ? mail.Value.ResetUrl : $"{site.Value.Frontend}/reset-password#token={{token}}";
        return template.Replace("{token}", token, StringComparison.Ordinal);
    }
}
