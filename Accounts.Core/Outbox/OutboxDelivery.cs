using System.Diagnostics;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Outbox;

/// <summary>
/// Delivers one message of a queue: claims it with a lease and renews that, so that a process that dies leaves it to the
/// others soon, hands it over, and records how that went. At least once; twice only if the process dies between the two, or
/// alone loses the database there for longer than a lease.
/// </summary>
public sealed class OutboxDelivery<TMessage>(OutboxClaim<TMessage> claim, IOutboxQueue<TMessage> queue, OutboxCarrier carrier, IOutboxReport<TMessage> report)
    where TMessage : class, IClaimedMessage
{
    private static readonly TimeSpan RecordedWithin = TimeSpan.FromMinutes(1), RecordAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);
    private const string Unwritable = "The reason is in words that no row takes.";

    /// <param name="send">
    /// returns when the message has been accepted; throws when it may not have been, <see cref="OperationCanceledException"/>
    /// when it cannot have been
    /// </param>
    /// <param name="claimed">called when there was a message, before it is delivered</param>
    /// <param name="stopping">ends the wait for one, and its delivery as long as nobody can have it yet</param>
    /// <returns>whether there was one</returns>
    public async Task<bool> DeliverNextAsync(Func<TMessage, CancellationToken, Task> send, Action claimed, CancellationToken stopping)
    {
        if (await claim.TakeAsync(stopping) is not { } message)
        {
            return false;
        }
        claimed();
        await DeliverAsync(message, send, stopping);
        return true;
    }

    /// <summary>Nothing but the sending is interrupted: what has been handed over must be recorded, or it would be sent again.</summary>
    private async Task DeliverAsync(TMessage message, Func<TMessage, CancellationToken, Task> send, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await claim.HoldWhileAsync(message, send, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await queue.GiveBackAsync(message);
            return;
        }
        catch (UndeliverableException e)
        {
            await GiveUpAsync(message, e);
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
        TellIfBack(message);
    }

    /// <summary>
    /// What is out must not go out again because the database was away for a moment: tried for as long as nobody else may
    /// claim it.
    /// </summary>
    private async Task RecordSentAsync(TMessage message)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(RecordAgain))
        {
            try
            {
                await queue.RecordSentAsync(message);
                report.Sent(message);
                return;
            }
            catch (Exception e) when (e is not DbUpdateConcurrencyException && Stopwatch.GetElapsedTime(began) < RecordedWithin)
            {
                report.Unrecorded(message, e);
            }
        }
    }

    private async Task GiveUpAsync(TMessage message, UndeliverableException reason)
    {
        await RecordAsync(reason, async words =>
        {
            await queue.GiveUpAsync(message, words);
            return true;
        });
        report.GivenUp(message, reason);
    }

    /// <summary>Words of others may be such as no row takes; a message whose failure is not recorded would be sent again and again, for ever.</summary>
    private static async Task<bool> RecordAsync(Exception reason, Func<string, Task<bool>> record)
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
    private async Task PutBackAsync(TMessage message, CarrierAwayException reason)
    {
        var isTimeToTell = carrier.IsFoundAway();
        if (await QueueAgainAsync(message, reason, TimeSpan.Zero, counted: false) && isTimeToTell)
        {
            report.Away(message, await queue.CountWaitingAsync(), reason);
        }
    }

    private async Task PostponeAsync(TMessage message, Exception reason)
    {
        var doubled = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, message.Attempts), LongestBackoff.TotalSeconds));
        var backoff = doubled * (0.75 + Random.Shared.NextDouble() / 2);
        if (await QueueAgainAsync(message, reason, backoff, counted: true))
        {
            report.Postponed(message, backoff, reason);
        }
        TellIfBack(message);
    }

    /// <returns>false where it has waited for too long and is given up</returns>
    private async Task<bool> QueueAgainAsync(TMessage message, Exception reason, TimeSpan backoff, bool counted)
    {
        if (!await RecordAsync(reason, words => queue.QueueAgainAsync(message, words, backoff, counted)))
        {
            report.GivenUp(message, reason);
            return false;
        }
        report.PutOff(message);
        return true;
    }

    private void TellIfBack(TMessage message)
    {
        if (carrier.IsFoundThere())
        {
            report.Back(message);
        }
    }
}
