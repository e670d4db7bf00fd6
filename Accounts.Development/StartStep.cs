namespace Accounts.Development;

/// <summary>Says that the server starts: its host starts this just before it listens, and not for a command.</summary>
internal sealed class StartStep(Action<string> tell) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        tell("Starting the server ...");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
