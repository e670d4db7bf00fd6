namespace Accounts.Core.Outbox;

/// <summary>A message that a delivery has claimed.</summary>
public interface IClaimedMessage
{
    /// <summary>How often it has been claimed, this time included.</summary>
    int Attempts { get; }
}

/// <summary>Where messages of one kind wait, mails or webhooks: each is claimed for a while, and what became of it is recorded.</summary>
/// <typeparam name="TMessage">what is claimed</typeparam>
public interface IOutboxQueue<TMessage>
    where TMessage : class, IClaimedMessage
{
    /// <summary>Claims one that is due, for as long as a <see cref="ClaimWatch.Lease"/>.</summary>
    /// <param name="mayTakeOver">whether what another process has left may be claimed</param>
    /// <param name="stopping">ends the wait</param>
    /// <returns>null where none is due</returns>
    Task<TMessage?> TakeAsync(bool mayTakeOver, CancellationToken stopping);

    /// <returns>false where the claim is not this process's any more</returns>
    Task<bool> RenewAsync(TMessage message);

    /// <summary>As if it had not been claimed: another process need not wait for the lease of one that stops.</summary>
    Task GiveBackAsync(TMessage message);

    Task RecordSentAsync(TMessage message);

    /// <summary>It is not tried again by itself.</summary>
    /// <param name="message">that was claimed</param>
    /// <param name="reason">why, no longer than <see cref="OutboxMessage.LongestError"/></param>
    Task GiveUpAsync(TMessage message, string reason);

    /// <summary>It is tried again, unless it has waited for too long.</summary>
    /// <param name="message">that was claimed</param>
    /// <param name="reason">why, no longer than <see cref="OutboxMessage.LongestError"/></param>
    /// <param name="backoff">in how long</param>
    /// <param name="counted">whether the try counts as one</param>
    /// <returns>false where it is given up</returns>
    Task<bool> QueueAgainAsync(TMessage message, string reason, TimeSpan backoff, bool counted);

    /// <summary>As far as it is worth counting.</summary>
    Task<int> CountWaitingAsync();
}
