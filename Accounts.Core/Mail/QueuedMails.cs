using Accounts.Core.Data;
using Accounts.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Mail;

/// <summary>The mails of the outbox, as they are claimed and recorded. One of another word stays for a newer version: here it could not even be read.</summary>
public sealed class QueuedMails(AccountsDb db, MailTemplates templates, TimeProvider time) : IOutboxQueue<OutboxMessage>
{
    private const int CountedWaiting = 100_000;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    public async Task<OutboxMessage?> TakeAsync(bool mayTakeOver, CancellationToken stopping) => (await db.OutboxMessages.FromSql($"""
        UPDATE outbox_messages SET state = 'sending', attempts = attempts + 1, due_at = clock_timestamp() + {ClaimWatch.Lease}
        WHERE id = (SELECT id FROM outbox_messages
                    WHERE state IN ('queued', 'sending') AND due_at <= clock_timestamp() AND template = ANY({templates.Words})
                      AND (state = 'queued' OR {mayTakeOver})
                    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, template, recipient, payload, state, attempts, due_at, created_at, expires_at, sent_at, last_error
        """).ToListAsync(stopping)).SingleOrDefault();

    public async Task<bool> RenewAsync(OutboxMessage message) => await db.Database.ExecuteSqlAsync($"""
        UPDATE outbox_messages SET due_at = clock_timestamp() + {ClaimWatch.Lease}
        WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
        """) == 1;

    public Task GiveBackAsync(OutboxMessage message) => db.Database.ExecuteSqlAsync($"""
        UPDATE outbox_messages SET state = 'queued', attempts = attempts - 1, due_at = clock_timestamp()
        WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
        """);

    public Task RecordSentAsync(OutboxMessage message)
    {
        message.Sent(time.GetUtcNow());
        return db.SaveChangesAsync();
    }

    public Task GiveUpAsync(OutboxMessage message, string reason)
    {
        message.Abandon(reason);
        return db.SaveChangesAsync();
    }

    public async Task<bool> QueueAgainAsync(OutboxMessage message, string reason, TimeSpan backoff, bool counted) => await db.Database.SqlQuery<string>($"""
        UPDATE outbox_messages SET
            state = CASE WHEN created_at < clock_timestamp() - {GiveUpAfter} THEN 'abandoned' ELSE 'queued' END,
            payload = CASE WHEN created_at < clock_timestamp() - {GiveUpAfter} THEN NULL ELSE payload END,
            attempts = attempts - {(counted ? 0 : 1)}, due_at = clock_timestamp() + {backoff}, last_error = {reason}
        WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
        RETURNING state AS "Value"
        """).ToListAsync() is not ["abandoned"];

    public Task<int> CountWaitingAsync() => db.Database.SqlQuery<int>($"""
        SELECT count(*)::int AS "Value" FROM (SELECT FROM outbox_messages WHERE state IN ('queued', 'sending') LIMIT {CountedWaiting}) waiting
        """).SingleAsync();
}
