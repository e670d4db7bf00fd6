using Accounts.Core.Mail;
using Accounts.Core.Social.Completion;
using Accounts.Core.Social.Linking;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>Queues the mails that prove a mailbox to a sign-in that waits; saved by the caller.</summary>
public sealed class SocialMails(MailQueue mails, ProviderTitles titles, MailLinks links, TimeProvider time)
{
    /// <summary>For an account that is there: the code itself.</summary>
    public void AddLinkCode(User user, string provider, string code, Device device, DateTimeOffset until) =>
        mails.Add(new SocialLinkCodeMail(titles.TitleOf(provider), code, LinkToken.Lifetime).Of(device, time.GetUtcNow()), user, until);

    /// <summary>For an address that was typed: a link to a page that shows the code. Its owner, where there is one, learns what is going on.</summary>
    public void AddCode(EmailAddress address, User? holder, string provider, string token, Device device, DateTimeOffset until)
    {
        // Our own page, in the fragment, which no server sees; a front end has none of this kind.
        var (link, title) = (links.Address(token), titles.TitleOf(provider));
        if (holder is null)
        {
            mails.Add(new SignUpCodeMail(title, link, EmailTicket.Lifetime), address, device.Locale, until);
        }
        else
        {
            mails.Add(new SignInWantedMail(title, link, EmailTicket.Lifetime).Of(device, time.GetUtcNow()), holder, until);
        }
    }
}
