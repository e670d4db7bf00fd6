using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Deletion;

/// <summary>Erases those whose time is over; any number of processes may.</summary>
public sealed partial class ErasureWorker(IServiceScopeFactory scopes, ErasureSignal signal, ILogger<ErasureWorker> log) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await signal.WaitAsync(PollInterval, stopping);
            await TryEraseAsync(stopping);
        }
    }

    private async Task TryEraseAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var erasure = scope.ServiceProvider.GetRequiredService<AccountErasure>();
            while (await erasure.EraseNextAsync(stopping))
            {
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Deleted accounts whose time is over could not be erased, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
