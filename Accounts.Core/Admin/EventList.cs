using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>Some of the events, and how many there are.</summary>
public sealed record EventPage(long Count, AdministeredEvent[] Events);

/// <summary>The events of one user, newest first; of who is erased, too.</summary>
public sealed class EventList(AccountsDb db)
{
    /// <param name="userId">whose they are</param>
    /// <param name="page">from 1 on</param>
    /// <param name="size">how many are on one</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is no such page, or neither such a user nor any event of theirs</exception>
    public async Task<EventPage> ReadAsync(Guid userId, int page, int size, CancellationToken cancellation)
    {
        var (count, skipped) = (await db.SecurityEvents.LongCountAsync(e => e.UserId == userId, cancellation), (long)(page - 1) * size);
        if ((page > 1 && skipped >= count) || (count == 0 && !await db.Users.AnyAsync(u => u.Id == userId, cancellation)))
        {
            throw new NotFoundException();
        }
        var statement = $"SELECT {AdministeredEvent.Columns} FROM security_events WHERE user_id = {{0}} ORDER BY at DESC, id DESC LIMIT {{1}} OFFSET {{2}}";
        var events = await db.Database.SqlQueryRaw<AdministeredEvent>(statement, userId, size, skipped).ToArrayAsync(cancellation);
        return new EventPage(count, events);
    }
}
