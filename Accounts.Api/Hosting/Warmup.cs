using Accounts.Core.Data;
using Accounts.Core.Passwords;
using Accounts.Core.Workers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Accounts.Api.Hosting;

/// <summary>
/// Rehearses sign-ins once the server runs; until then it is not ready, though it answers: the first to sign in at a node
/// that is cold would wait for it, and many at once be refused. One rehearsal compiles what all need, and leaves the other
/// processors to requests; the workers begin behind it, before the server is ready.
/// </summary>
public sealed partial class Warmup(IServiceScopeFactory scopes, IHostApplicationLifetime life, IHostEnvironment environment, WorkersGate gate, ILogger<Warmup> log) : BackgroundService, IHealthCheck
{
    private static readonly int AtOnce = Math.Min(4, Environment.ProcessorCount);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private volatile bool isDone;

    /// <summary>Not unhealthy, of which the framework logs an error.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The server warms up."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListeningAsync(stoppingToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Longest);
        var isWarm = await TryAsync(1, limit.Token, stoppingToken);
        gate.Open();
        // In development no crowd comes at once.
        if (isWarm && !environment.IsDevelopment())
        {
            await TryAsync(AtOnce, limit.Token, stoppingToken);
        }
        isDone = true;
    }

    /// <summary>It is ready all the same, as far as the database is, and in time: a hash that has begun waits for its end, however busy the processors are.</summary>
    private async Task<bool> TryAsync(int atOnce, CancellationToken limit, CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => RehearseAsync(limit))).WaitAsync(limit);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
            return false;
        }
    }

    private async Task ListeningAsync(CancellationToken stopping)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (life.ApplicationStarted.Register(listening.SetResult))
        {
            await listening.Task.WaitAsync(stopping);
        }
    }

    private async Task RehearseAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PasswordRehearsal>().RunAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The server could not warm up, and its first answers take longer: {Reason}")]
    private partial void LogFailed(string reason);
}
