using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>Carries out resets of second factors whose day is over; any number of processes may.</summary>
public sealed partial class FactorResetWorker(IServiceScopeFactory scopes, ILogger<FactorResetWorker> log) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(PollInterval);
        do
        {
            await TryCarryOutAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryCarryOutAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var due = scope.ServiceProvider.GetRequiredService<DueFactorResets>();
            while (await due.CarryOutNextAsync(stopping))
            {
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Second factors whose reset is due could not be removed, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
