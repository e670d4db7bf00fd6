using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Recovery;

/// <summary>A change as whoever holds a link sees it: no address, for mails are forwarded.</summary>
/// <param name="Kind">of the event</param>
/// <param name="At">when it was</param>
/// <param name="Device">as people call it</param>
public sealed record ReviewedChange(SecurityEventKind Kind, DateTimeOffset At, string Device);

/// <param name="Changes">that would go back, oldest first</param>
/// <param name="Frozen">whether nobody signs in</param>
public sealed record ReviewedChanges(ReviewedChange[] Changes, bool Frozen);

/// <summary>What "this wasn't me" would be about, by the link of a mail about a change. Changes nothing.</summary>
public sealed class ChangeReview(AccountsDb db, ChangeUndo undo)
{
    /// <exception cref="Failures.RefusedException">the link is unknown, too old, of a change that was undone or came after one that was frozen</exception>
    public async Task<ReviewedChanges> ReadAsync(string token, CancellationToken cancellation)
    {
        var first = await db.AccountChanges.AsNoTracking().OfLink(token).SingleOrDefaultAsync(cancellation) ?? throw MailedTokenStore.Invalid();
        var changes = await db.AccountChanges.AsNoTracking().Since(first).ToListAsync(cancellation);
        changes.AddRange(await db.AccountChanges.AsNoTracking().GivingWaysBefore(first, undo.GivingWays).ToListAsync(cancellation));
        var frozen = await db.Users.Frozen().AnyAsync(u => u.Id == first.UserId, cancellation);
        return new ReviewedChanges([.. Enumerable.Reverse(changes).Select(c => new ReviewedChange(c.Kind, c.At, DeviceName.Of(c.UserAgent).ToString()))], frozen);
    }
}
