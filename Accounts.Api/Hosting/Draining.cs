using Microsoft.Extensions.Options;

namespace Accounts.Api.Hosting;

/// <summary>A graceful stop: readiness goes red first, and only after a while does the server stop to accept; requests in flight are finished.</summary>
public sealed class Draining(IOptions<ServerOptions> options, IHostEnvironment environment) : IHostedLifecycleService
{
    private volatile bool begun;

    public bool HasBegun => begun;

    /// <summary>Runs before anything is stopped.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        begun = true;
        return environment.IsDevelopment() ? Task.CompletedTask : Task.Delay(options.Value.ShutdownDelay, CancellationToken.None);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
