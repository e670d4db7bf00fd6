using System.Globalization;
using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Deletion;

/// <summary>Marks a user as leaving and tells them so, with a link for who does not want to wait; saved by the caller.</summary>
public sealed class Departure(AccountsDb db, ChangeNotice notice, IOptions<DeletionOptions> options, IOptions<SiteOptions> site)
{
    public async Task BeginAsync(User user, Guid sessionId, Device device, CancellationToken cancellation)
    {
        var now = await db.ReadClockAsync(cancellation);
        // As long as the deletion itself may be undone nothing is erased, and it would be no help to be told of an end that is over.
        user.Leave(now, options.Value.Delay > AccountChange.Window ? options.Value.Delay : AccountChange.Window);
        var until = user.EraseAfter!.Value;
        db.MailedTokens.Add(MailedToken.ForErasure(user, now, until, out var token));
        var (end, erase) = (until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"{site.Value.Origin}/erase-account#token={token}");
        var change = new ToldChange(SecurityEventKind.AccountDeleted, user, sessionId, device);
        await notice.AddAsync(change, link => new AccountDeletedMail(end, erase, link), cancellation);
    }
}
