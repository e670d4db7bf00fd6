using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Workers;

/// <summary>Starts a worker when the gate is open, and is it from there on: where one fails, the host is told as of any other.</summary>
internal sealed class GatedWorker<T>(T worker, WorkersGate gate) : BackgroundService where T : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        await worker.StartAsync(stoppingToken);
        await (worker.ExecuteTask ?? Task.CompletedTask);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await worker.StopAsync(cancellationToken);
    }
}
