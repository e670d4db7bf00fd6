using Accounts.Core.Audit;
using Accounts.Core.Mail;
using Accounts.Core.Users;

namespace Accounts.Core.Notices;

/// <summary>Records an act that concerns an account's safety and tells its user by mail; both are saved with the act.</summary>
public sealed class Notice(SecurityLog events, MailQueue mails, TimeProvider time)
{
    /// <param name="to">where the user is told; null for their address</param>
    public void Add(SecurityEventKind kind, User user, Guid? sessionId, Device device, OutgoingMail mail, EmailAddress? to = null)
    {
        events.Add(kind, user.Id, sessionId, device);
        mails.Add(mail is NoticeMail notice ? notice.Of(device, time.GetUtcNow()) : mail, user, to ?? user.Address);
    }
}
