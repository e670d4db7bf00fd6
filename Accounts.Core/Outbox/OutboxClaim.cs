using System.Diagnostics;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Outbox;

/// <summary>The claim on a message: taken with a lease, renewed as long as this process is at it, given back when it stops.</summary>
public sealed class OutboxClaim(AccountsDb db, ClaimWatch watch)
{
    /// <summary>Null where none is due.</summary>
    public async Task<OutboxMessage?> TakeAsync(string[] templates, CancellationToken stopping)
    {
        var mayTakeOver = watch.MayTakeOver;
        try
        {
            var claimed = await db.OutboxMessages.FromSql($"""
                UPDATE outbox_messages SET state = 'sending', attempts = attempts + 1, due_at = clock_timestamp() + {ClaimWatch.Lease}
                WHERE id = (SELECT id FROM outbox_messages
                            WHERE state IN ('queued', 'sending') AND due_at <= clock_timestamp() AND template = ANY({templates})
                              AND (state = 'queued' OR {mayTakeOver})
                            ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, template, recipient, payload, state, attempts, due_at, created_at, expires_at, sent_at, last_error
                """).ToListAsync(stopping);
            watch.Heard();
            return claimed.SingleOrDefault();
        }
        catch
        {
            watch.Missed();
            throw;
        }
    }

    /// <summary>Whatever becomes of the claim, how the sending went is told.</summary>
    /// <param name="message">what has been claimed</param>
    /// <param name="send">sends it</param>
    /// <param name="ending">cancelled when the claim cannot be held: somebody else may send it then</param>
    public async Task HoldWhileAsync(OutboxMessage message, Func<OutboxMessage, CancellationToken, Task> send, CancellationTokenSource ending)
    {
        using var sent = new CancellationTokenSource();
        var holding = HoldAsync(message, ending, sent.Token);
        try
        {
            await send(message, ending.Token);
        }
        finally
        {
            await sent.CancelAsync();
            await holding;
        }
    }

    private async Task HoldAsync(OutboxMessage message, CancellationTokenSource ending, CancellationToken sent)
    {
        for (var heldAt = Stopwatch.GetTimestamp(); await NextRenewalAsync(sent);)
        {
            var began = Stopwatch.GetTimestamp();
            var isHeld = await TryRenewAsync(message);
            if (isHeld is true)
            {
                heldAt = began;
            }
            else if (isHeld is false || Stopwatch.GetElapsedTime(heldAt) > ClaimWatch.Lease - ClaimWatch.RenewEvery)
            {
                await ending.CancelAsync();
                return;
            }
        }
    }

    private static async Task<bool> NextRenewalAsync(CancellationToken sent)
    {
        await Task.Delay(ClaimWatch.RenewEvery, sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !sent.IsCancellationRequested;
    }

    /// <summary>Null where the database does not say.</summary>
    private async Task<bool?> TryRenewAsync(OutboxMessage message)
    {
        try
        {
            return await db.Database.ExecuteSqlAsync($"""
                UPDATE outbox_messages SET due_at = clock_timestamp() + {ClaimWatch.Lease}
                WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
                """) == 1;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>As if it had not been claimed: another process need not wait for the lease of one that stops.</summary>
    public Task GiveBackAsync(OutboxMessage message) => db.Database.ExecuteSqlAsync($"""
        UPDATE outbox_messages SET state = 'queued', attempts = attempts - 1, due_at = clock_timestamp()
        WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
        """);
}
