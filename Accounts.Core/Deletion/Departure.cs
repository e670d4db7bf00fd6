using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Deletion;

/// <summary>Marks a user as leaving and tells them so, with a link for who does not want to wait; saved by the caller.</summary>
public sealed class Departure(AccountsDb db, ChangeNotice notice, MailQueue mails, IOptions<DeletionOptions> options, MailLinks links)
{
    /// <summary>By an administrator: no link has the account back, and no sign-in.</summary>
    public async Task RemoveAsync(User user, CancellationToken cancellation)
    {
        var until = await LeaveAsync(user, cancellation);
        user.Deactivate(reason: null, until: null);
        mails.Add(new AccountRemovedMail(until), user);
    }

    public async Task BeginAsync(User user, Guid sessionId, Device device, CancellationToken cancellation)
    {
        var until = await LeaveAsync(user, cancellation);
        db.MailedTokens.Add(MailedToken.ForErasure(user, await db.ReadClockAsync(cancellation), until, out var token));
        var erase = links.Erase(token);
        var change = new ToldChange(SecurityEventKind.AccountDeleted, user, sessionId, device);
        await notice.AddAsync(change, link => new AccountDeletedMail(until, erase, link), cancellation);
    }

    /// <summary>As long as a deletion may be undone nothing is erased, and it would be no help to be told of an end that is over.</summary>
    private async Task<DateTimeOffset> LeaveAsync(User user, CancellationToken cancellation)
    {
        user.Leave(await db.ReadClockAsync(cancellation), options.Value.Delay > AccountChange.Window ? options.Value.Delay : AccountChange.Window);
        return user.EraseAfter!.Value;
    }
}
