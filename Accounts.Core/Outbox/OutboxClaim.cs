using System.Diagnostics;

namespace Accounts.Core.Outbox;

/// <summary>The claim on a message: taken with a lease, renewed as long as this process is at it, given back when it stops.</summary>
public sealed class OutboxClaim<TMessage>(IOutboxQueue<TMessage> queue, ClaimWatch watch)
    where TMessage : class, IClaimedMessage
{
    /// <summary>Null where none is due.</summary>
    public async Task<TMessage?> TakeAsync(CancellationToken stopping)
    {
        try
        {
            var claimed = await queue.TakeAsync(watch.MayTakeOver, stopping);
            watch.Heard();
            return claimed;
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
    public async Task HoldWhileAsync(TMessage message, Func<TMessage, CancellationToken, Task> send, CancellationTokenSource ending)
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

    private async Task HoldAsync(TMessage message, CancellationTokenSource ending, CancellationToken sent)
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
    private async Task<bool?> TryRenewAsync(TMessage message)
    {
        try
        {
            return await queue.RenewAsync(message);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
