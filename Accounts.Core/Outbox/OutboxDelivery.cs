using System.Diagnostics;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Outbox;

/// <summary>
/// Delivers one message of the outbox: claims it with a lease and renews that, so that a process that dies leaves it to the
/// others soon, hands it over, and records how that went. At least once; twice only if the process dies between the two, or
/// alone loses the database there for longer than a lease.
/// </summary>
public sealed class OutboxDelivery(AccountsDb db, OutboxClaim claim, OutboxCarrier carrier, TimeProvider time, OutboxReport report)
{
    private const int CountedWaiting = 100_000;
    private static readonly TimeSpan RecordedWithin = TimeSpan.FromMinutes(1), RecordAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);
    private const string Unwritable = "The reason is in words that no row takes.";

    /// <param name="templates">a message of another word stays for a newer version: here it could not even be read</param>
    /// <param name="send">
    /// returns when the message has been accepted; throws when it may not have been, <see cref="OperationCanceledException"/>
    /// when it cannot have been
    /// </param>
    /// <param name="claimed">called when there was a message, before it is delivered</param>
    /// <param name="stopping">ends the wait for one, and its delivery as long as nobody can have it yet</param>
    /// <returns>whether there was one</returns>
    public async Task<bool> DeliverNextAsync(
        string[] templates, Func<OutboxMessage, CancellationToken, Task> send, Action claimed, CancellationToken stopping)
    {
        if (await claim.TakeAsync(templates, stopping) is not { } message)
        {
            return false;
        }
        claimed();
        await DeliverAsync(message, send, stopping);
        return true;
    }

    /// <summary>Nothing but the sending is interrupted: what has been handed over must be recorded, or it would be sent again.</summary>
    private async Task DeliverAsync(OutboxMessage message, Func<OutboxMessage, CancellationToken, Task> send, CancellationToken stopping)
    {
        if (message.ExpiresAt <= time.GetUtcNow())
        {
            await AbandonAsync(message, new UndeliverableException("Its links had expired before it could be sent."));
            return;
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await claim.HoldWhileAsync(message, send, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await claim.GiveBackAsync(message);
            return;
        }
        catch (UndeliverableException e)
        {
            await AbandonAsync(message, e);
            return;
        }
        catch (CarrierAwayException e)
        {
            await PutBackAsync(message, e);
            return;
        }
        catch (Exception e)
        {
            await PostponeAsync(message, e);
            return;
        }
        await RecordSentAsync(message);
        TellIfBack();
    }

    /// <summary>
    /// What is out must not go out again because the database was away for a moment: tried for as long as nobody else may
    /// claim it.
    /// </summary>
    private async Task RecordSentAsync(OutboxMessage message)
    {
        message.Sent(time.GetUtcNow());
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(RecordAgain))
        {
            try
            {
                await db.SaveChangesAsync();
                report.Sent(message);
                return;
            }
            catch (Exception e) when (e is not DbUpdateConcurrencyException && Stopwatch.GetElapsedTime(began) < RecordedWithin)
            {
                report.LogUnrecorded(message.Id, e.GetBaseException().Message);
            }
        }
    }

    private async Task AbandonAsync(OutboxMessage message, UndeliverableException reason)
    {
        await RecordAsync(reason, words =>
        {
            message.Abandon(words);
            return db.SaveChangesAsync();
        });
        report.GivenUp(message, Reason(message, reason));
    }

    /// <summary>Words of others may be such as no row takes; a mail whose failure is not recorded would be sent again and again, for ever.</summary>
    private static async Task<T> RecordAsync<T>(Exception reason, Func<string, Task<T>> record)
    {
        try
        {
            return await record(OutboxMessage.Shorten(reason.Message));
        }
        catch (Exception e) when (DatabaseFailure.Away(e) is null)
        {
            return await record(Unwritable);
        }
    }

    /// <summary>As if it had not been tried, but for the reason: whoever is tried next may find the way open.</summary>
    private async Task PutBackAsync(OutboxMessage message, CarrierAwayException reason)
    {
        var isTimeToTell = carrier.IsFoundAway();
        if (await QueueAgainAsync(message, reason, TimeSpan.Zero, counted: 0) && isTimeToTell)
        {
            report.LogAway(await CountWaitingAsync(), Reason(message, reason));
        }
    }

    private async Task PostponeAsync(OutboxMessage message, Exception reason)
    {
        var doubled = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, message.Attempts), LongestBackoff.TotalSeconds));
        var backoff = doubled * (0.75 + Random.Shared.NextDouble() / 2);
        if (await QueueAgainAsync(message, reason, backoff, counted: 1))
        {
            report.LogPostponed(message.Id, message.Attempts, backoff, Reason(message, reason));
        }
        TellIfBack();
    }

    /// <returns>false where it has waited for too long and is given up</returns>
    private async Task<bool> QueueAgainAsync(OutboxMessage message, Exception reason, TimeSpan backoff, int counted)
    {
        var states = await RecordAsync(reason, words => db.Database.SqlQuery<string>($"""
            UPDATE outbox_messages SET
                state = CASE WHEN created_at < clock_timestamp() - {GiveUpAfter} THEN 'abandoned' ELSE 'queued' END,
                payload = CASE WHEN created_at < clock_timestamp() - {GiveUpAfter} THEN NULL ELSE payload END,
                attempts = attempts - 1 + {counted}, due_at = clock_timestamp() + {backoff}, last_error = {words}
            WHERE id = {message.Id} AND state = 'sending' AND attempts = {message.Attempts}
            RETURNING state AS "Value"
            """).ToListAsync());
        if (states is ["abandoned"])
        {
            report.GivenUp(message, Reason(message, reason));
            return false;
        }
        report.PutOff(message);
        return true;
    }

    private void TellIfBack()
    {
        if (carrier.IsFoundThere())
        {
            report.LogBack();
        }
    }

    /// <summary>As far as it is worth counting.</summary>
    private Task<int> CountWaitingAsync() => db.Database.SqlQuery<int>($"""
        SELECT count(*)::int AS "Value" FROM (SELECT FROM outbox_messages WHERE state IN ('queued', 'sending') LIMIT {CountedWaiting}) waiting
        """).SingleAsync();

    /// <summary>For the log.</summary>
    private static string Reason(OutboxMessage message, Exception e) => OutboxMessage.Shorten(RecipientMask.Of(e.Message, message.Recipient));
}
