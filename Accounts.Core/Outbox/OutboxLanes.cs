using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Outbox;

/// <summary>
/// Works on the outbox in a few lanes, each with one message at a time, so that a slow one delays no other. Any number of
/// processes may run them. A lane that has found a message wakes the next: there may be more.
/// </summary>
public sealed partial class OutboxLanes(IServiceScopeFactory scopes, OutboxSignal signal, ILogger<OutboxLanes> log)
{
    private const int Lanes = 6;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim turn = new(1);

    /// <param name="templates">the words of the messages that <paramref name="send"/> knows</param>
    /// <param name="send">returns when the message has been accepted; throws when it may not have been</param>
    /// <param name="stopping">ends the work; what is being sent is finished</param>
    public Task RunAsync(string[] templates, Func<OutboxMessage, Task> send, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => WorkAsync(() => DeliverNextAsync(templates, send, stopping), stopping)));

    private async Task WorkAsync(Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await TryDeliverAsync(deliverNext, stopping))
            {
                await signal.WaitAsync(PollInterval, stopping);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        try
        {
            return await InTurnAsync(deliverNext, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    /// <summary>
    /// One message at a time while the receiving server is quick, so that a process that dies leaves at most one sent and
    /// not recorded; whoever is slow lets the next one go ahead.
    /// </summary>
    private async Task<bool> InTurnAsync(Func<Task<bool>> deliverNext, CancellationToken stopping)
    {
        await turn.WaitAsync(stopping);
        var delivery = deliverNext();
        await Task.WhenAny(delivery, Task.Delay(LongestTurn, CancellationToken.None));
        turn.Release();
        return await delivery;
    }

    private async Task<bool> DeliverNextAsync(string[] templates, Func<OutboxMessage, Task> send, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OutboxDelivery>().DeliverNextAsync(templates, send, signal.Wake, stopping);
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be worked on; trying again.")]
    private partial void LogFailed(Exception exception);
}
