using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>What happened to an account, as administrators see it: with who did it, from where, and what was and is.</summary>
/// <param name="Kind">the word that it is stored as: another version may have written one that this one does not know</param>
/// <param name="ActorId">the administrator whose act it was; null for the user's own, and for acts of this server</param>
/// <param name="Ip">of the actor, where there is one</param>
/// <param name="Before">a JSON object; null where nothing is told</param>
/// <param name="After">a JSON object; null where nothing is told</param>
/// <param name="Count">how often it happened in that minute</param>
public sealed record AdministeredEvent(string Kind, DateTimeOffset At, Guid UserId, Guid? ActorId, string Ip, string UserAgent, string? Before, string? After, int Count);

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
        var events = await db.Database.SqlQuery<AdministeredEvent>($"""
            SELECT kind AS "Kind", at AS "At", user_id AS "UserId", actor_id AS "ActorId", coalesce(actor_ip, ip) AS "Ip", coalesce(actor_user_agent, user_agent) AS "UserAgent",
              before::text AS "Before", after::text AS "After", count AS "Count"
            FROM security_events WHERE user_id = {userId} ORDER BY at DESC, id DESC LIMIT {size} OFFSET {skipped}
            """).ToArrayAsync(cancellation);
        return new EventPage(count, events);
    }
}
