using Accounts.Core.Data;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Outbox;

/// <summary>
/// Works on a queue in a few lanes, each with one message at a time, so that a slow one delays no other. Any number of
/// processes may run them; one that dies leaves at most a message a lane sent and not recorded. A lane that has found a
/// message wakes the next: there may be more.
/// </summary>
/// <param name="signal">that there may be a message</param>
/// <param name="carrier">whether somebody takes them</param>
/// <param name="log">where it is told that the queue cannot be worked on</param>
public sealed partial class OutboxLanes(WakeSignal signal, OutboxCarrier carrier, ILogger<OutboxLanes> log)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private string? failing;

    /// <param name="lanes">how many messages are under way at once</param>
    /// <param name="what">the messages are, for the log</param>
    /// <param name="deliverNext">delivers one that is due, and calls what it is given as soon as it has found one; false where there was none</param>
    /// <param name="stopping">ends the work; what somebody may have already is finished, the rest is given back</param>
    public Task RunAsync(int lanes, string what, Func<Action, CancellationToken, Task<bool>> deliverNext, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => WorkAsync(what, () => DeliverNextAsync(deliverNext, stopping), stopping)));

    private async Task WorkAsync(string what, Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await TryDeliverAsync(what, deliverNext, stopping))
            {
                await signal.WaitAsync(carrier.Sleep(PollInterval), stopping);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(string what, Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        try
        {
            var found = await deliverNext();
            failing = null;
            return found;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            var away = DatabaseFailure.Away(e);
            var reason = DatabaseFailure.Reason(away ?? e);
            // Once for each reason, not at each turn of each lane.
            if (Interlocked.Exchange(ref failing, reason) != reason)
            {
                LogFailed(away is null ? e : null, what, reason);
            }
            return false;
        }
    }

    private async Task<bool> DeliverNextAsync(Func<Action, CancellationToken, Task<bool>> deliverNext, CancellationToken stopping)
    {
        if (!carrier.TryEnter())
        {
            return false;
        }
        try
        {
            return await deliverNext(signal.Wake, stopping);
        }
        finally
        {
            carrier.Leave();
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox cannot be worked on at the moment, and {What} waits in it: {Reason}")]
    private partial void LogFailed(Exception? exception, string what, string reason);
}
