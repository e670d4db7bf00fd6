using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Invitations;

/// <summary>Some of the invitations, and how many there are.</summary>
public sealed record InvitationPage(long Count, Invitation[] Invitations);

/// <summary>The invitations that can still be accepted, newest first: not those to an address that somebody has by now.</summary>
public sealed class InvitationList(AccountsDb db)
{
    /// <param name="page">from 1 on</param>
    /// <param name="size">how many are on one</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is no such page; the first one there always is</exception>
    public async Task<InvitationPage> ReadAsync(int page, int size, CancellationToken cancellation)
    {
        var open = db.Invitations.AsNoTracking().Where(i => i.ExpiresAt > AccountsDb.ClockTimestamp() && !db.Users.Any(u => u.NormalizedEmail == i.EmailKey));
        var (count, skipped) = (await open.LongCountAsync(cancellation), (long)(page - 1) * size);
        if (page > 1 && skipped >= count)
        {
            throw new NotFoundException();
        }
        var found = await open.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Skip((int)Math.Min(skipped, int.MaxValue)).Take(size).ToArrayAsync(cancellation);
        return new InvitationPage(count, found);
    }
}
