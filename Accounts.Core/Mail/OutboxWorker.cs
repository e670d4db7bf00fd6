using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Mail;

/// <summary>
/// Works on the outbox in a few lanes, each with one mail at a time, so that a slow one delays no other. Any number of
/// processes may run it. A lane that has found a mail wakes the next: there may be more.
/// </summary>
public sealed partial class OutboxWorker(IServiceScopeFactory scopes, OutboxSignal signal, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int Lanes = 6;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim turn = new(1);

    protected override Task ExecuteAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => WorkAsync(stopping)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await TryDeliverAsync(stopping))
            {
                await signal.WaitAsync(PollInterval, stopping);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(CancellationToken stopping)
    {
        try
        {
            return await InTurnAsync(() => DeliverNextAsync(stopping), stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    /// <summary>One mail at a time while the mail server is quick, so that a process that dies leaves at most one sent and not recorded; whoever is slow lets the next one go ahead.</summary>
    private async Task<bool> InTurnAsync(Func<Task<bool>> deliver, CancellationToken stopping)
    {
        await turn.WaitAsync(stopping);
        var delivery = deliver();
        await Task.WhenAny(delivery, Task.Delay(LongestTurn, CancellationToken.None));
        turn.Release();
        return await delivery;
    }

    private async Task<bool> DeliverNextAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OutboxDelivery>().DeliverNextAsync(signal.Wake, stopping);
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be worked on; trying again.")]
    private partial void LogFailed(Exception exception);
}
