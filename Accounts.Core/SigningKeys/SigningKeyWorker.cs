using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.SigningKeys;

/// <summary>Keeps this process's signing keys as the database has them: rotations take place, and a revocation is heeded within seconds.</summary>
public sealed partial class SigningKeyWorker(IServiceScopeFactory scopes, ILogger<SigningKeyWorker> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await LoadAsync(stopping);
        }
    }

    private async Task LoadAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().LoadAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    [LoggerMessage(LogLevel.Error, "The signing keys could not be read; those known so far stay in use: {Reason}")]
    private partial void LogFailed(string reason);
}
