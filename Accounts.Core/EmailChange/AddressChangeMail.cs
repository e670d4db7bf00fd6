using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Users;

namespace Accounts.Core.EmailChange;

/// <summary>Makes a token that changes an address, queues the mail that carries it, and records that it was asked for; all is saved by the caller.</summary>
public sealed class AddressChangeMail(AccountsDb db, MailQueue mails, SecurityLog events, MailLinks links)
{
    /// <param name="user">whose address is to be another</param>
    /// <param name="asked">with the address to be</param>
    /// <param name="now">the database's time</param>
    public void Add(User user, AskedMail asked, DateTimeOffset now)
    {
        var (token, text) = Make(user, asked, now);
        mails.Add(new ConfirmAddressMail(links.Change(text), MailedToken.ChangeLifetime), asked.Address, user.Locale, token.ExpiresAt);
    }

    /// <summary>The same without the mail, of an address that somebody has: nobody ever learns what was made.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddUnmailed(User user, AskedMail asked, DateTimeOffset now) => Make(user, asked, now);

    private (MailedToken Token, string Text) Make(User user, AskedMail asked, DateTimeOffset now)
    {
        var token = MailedToken.ForChange(user, asked.Address, now, out var text);
        db.MailedTokens.Add(token);
        events.Add(SecurityEventKind.EmailChangeRequested, user.Id, null, asked.Device);
        return (token, text);
    }
}
