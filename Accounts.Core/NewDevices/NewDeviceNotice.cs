using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.NewDevices;

/// <summary>
/// The mail about a sign-in on a new device, once a day at most, by no budget that others could use up: with a link that ends that session and
/// no more, and the one that stops everybody. Saved by the caller.
/// </summary>
public sealed class NewDeviceNotice(AccountsDb db, Notice notice, ChangeLog changes, MailLinks links)
{
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    public async Task<bool> IsDueAsync(User user, Session session, CancellationToken cancellation)
    {
        var since = session.CreatedAt - Between;
        return !await db.MailedTokens.AnyAsync(t => t.UserId == user.Id && t.Purpose == TokenPurpose.Disown && t.CreatedAt > since, cancellation);
    }

    public void Add(User user, Session session, Device device)
    {
        db.MailedTokens.Add(MailedToken.ForDisowning(user, session.Id, session.CreatedAt, out var token));
        var mail = new NewDeviceMail(links.EndSession(token), changes.Add(SecurityEventKind.SignedInOnNewDevice, user, device));
        notice.Add(SecurityEventKind.SignedInOnNewDevice, user, session.Id, device, mail);
    }
}
