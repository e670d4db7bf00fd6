using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.OwnActivity;

/// <summary>What happened to an account, as its user sees it.</summary>
/// <param name="Kind">the word that it is stored as</param>
/// <param name="Text">the same for people</param>
/// <param name="At">when</param>
/// <param name="Ip">where the request came from</param>
/// <param name="Device">as people call it</param>
/// <param name="Times">how often it happened in that minute</param>
public sealed record ListedEvent(string Kind, Sentence Text, DateTimeOffset At, string Ip, Sentence Device, int Times);

/// <summary>Some of the events, and how many there are.</summary>
public sealed record ActivityPage(long Count, ListedEvent[] Events);

/// <summary>The events of a user, newest first.</summary>
public sealed class ActivityList(AccountsDb db)
{
    /// <summary>What support has looked at would hide what matters; it is in the export.</summary>
    private static readonly string Read = SecurityEvent.Word(SecurityEventKind.AdministrationRead);

    /// <param name="userId">whose they are</param>
    /// <param name="page">from 1 on</param>
    /// <param name="size">how many are on one</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is no such page; the first one there always is</exception>
    public async Task<ActivityPage> ReadAsync(Guid userId, int page, int size, CancellationToken cancellation)
    {
        var (count, skipped) = (await db.SecurityEvents.LongCountAsync(e => e.UserId == userId && e.Kind != SecurityEventKind.AdministrationRead, cancellation), (long)(page - 1) * size);
        if (page > 1 && skipped >= count)
        {
            throw new NotFoundException();
        }
        // The word, and not the kind: another version may have written one that this one does not know.
        var rows = await db.Database.SqlQuery<Row>($"""
            SELECT kind AS "Kind", at AS "At", CASE WHEN actor_id = user_id THEN coalesce(actor_ip, ip) ELSE ip END AS "Ip",
              CASE WHEN actor_id = user_id THEN coalesce(actor_user_agent, user_agent) ELSE user_agent END AS "UserAgent", count AS "Count",
              coalesce(actor_ip IS NOT NULL AND actor_id <> user_id, false) AS "IsOthers", actor_id IS NULL AND actor_ip IS NOT NULL AS "IsOperators"
            FROM security_events WHERE user_id = {userId} AND kind <> {Read} ORDER BY at DESC, id DESC LIMIT {size} OFFSET {skipped}
            """).ToListAsync(cancellation);
        return new ActivityPage(count, [.. rows.Select(Show)]);
    }

    private static ListedEvent Show(Row row)
    {
        var text = row.IsOperators ? ActivityWords.OfOperator(row.Kind) : ActivityWords.Of(row.Kind, row.Count);
        return new ListedEvent(row.Kind, text, row.At, row.Ip, row.IsOperators ? ActivityWords.Operator : row.IsOthers ? ActivityWords.Administrator : Sentence.Foreign(DeviceName.Of(row.UserAgent).ToString()), row.Count);
    }

    private sealed record Row(string Kind, DateTimeOffset At, string Ip, string UserAgent, int Count, bool IsOthers, bool IsOperators);
}
