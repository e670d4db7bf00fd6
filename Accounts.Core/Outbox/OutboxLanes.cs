using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Outbox;

/// <summary>
/// Works on the outbox in a few lanes, each with one message at a time, so that a slow one delays no other. Any number of
/// processes may run them; one that dies leaves at most a message a lane sent and not recorded. A lane that has found a
/// message wakes the next: there may be more.
/// </summary>
public sealed partial class OutboxLanes(IServiceScopeFactory scopes, OutboxSignal signal, OutboxCarrier carrier, ILogger<OutboxLanes> log)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private string? failing;

    /// <param name="lanes">how many messages are under way at once</param>
    /// <param name="templates">the words of the messages that <paramref name="send"/> knows</param>
    /// <param name="send">
    /// returns when the message has been accepted; throws when it may not have been, <see cref="OperationCanceledException"/>
    /// when it cannot have been
    /// </param>
    /// <param name="stopping">ends the work; what somebody may have already is finished, the rest is given back</param>
    public Task RunAsync(int lanes, string[] templates, Func<OutboxMessage, CancellationToken, Task> send, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => WorkAsync(() => DeliverNextAsync(templates, send, stopping), stopping)));

    private async Task WorkAsync(Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await TryDeliverAsync(deliverNext, stopping))
            {
                await signal.WaitAsync(carrier.Sleep(PollInterval), stopping);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(Func<Task<bool>> deliverNext, CancellationToken stopping)
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
                LogFailed(away is null ? e : null, reason);
            }
            return false;
        }
    }

    private async Task<bool> DeliverNextAsync(string[] templates, Func<OutboxMessage, CancellationToken, Task> send, CancellationToken stopping)
    {
        if (!carrier.TryEnter())
        {
            return false;
        }
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<OutboxDelivery>().DeliverNextAsync(templates, send, signal.Wake, stopping);
        }
        finally
        {
            carrier.Leave();
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox cannot be worked on at the moment, and mail waits in it: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);
}
