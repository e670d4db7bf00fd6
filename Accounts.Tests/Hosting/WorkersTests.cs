using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Accounts.Tests.Hosting;

/// <summary>Workers begin when their gate is open, and are then what any worker of a host is.</summary>
public sealed class WorkersTests
{
    private sealed class Probe : BackgroundService
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Fails { get; } = new();

        public bool IsEnded { get; private set; }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Begun.SetResult();
            try
            {
                await Fails.Task.WaitAsync(stoppingToken);
            }
            finally
            {
                IsEnded = true;
            }
        }
    }

    [Fact]
    public async Task A_worker_begins_with_the_gate_and_ends_with_the_host()
    {
        await using var services = Services();
        var (worker, hosted) = (services.GetRequiredService<Probe>(), services.GetRequiredService<IHostedService>());
        await hosted.StartAsync(TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(worker.Begun.Task.IsCompleted);
        services.GetRequiredService<WorkersGate>().Open();
        await worker.Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        await hosted.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(worker.IsEnded);
    }

    [Fact]
    public async Task A_host_that_stops_before_it_was_ready_waits_for_no_worker()
    {
        await using var services = Services();
        var hosted = services.GetRequiredService<IHostedService>();
        await hosted.StartAsync(TestContext.Current.CancellationToken);
        await hosted.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(services.GetRequiredService<Probe>().Begun.Task.IsCompleted);
    }

    [Fact]
    public async Task The_host_learns_of_a_worker_that_fails()
    {
        await using var services = Services();
        var (worker, hosted) = (services.GetRequiredService<Probe>(), (BackgroundService)services.GetRequiredService<IHostedService>());
        await hosted.StartAsync(TestContext.Current.CancellationToken);
        services.GetRequiredService<WorkersGate>().Open();
        await worker.Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        worker.Fails.SetException(new InvalidOperationException("no good"));
        Assert.Equal("no good", (await Assert.ThrowsAsync<InvalidOperationException>(() => hosted.ExecuteTask!)).Message);
    }

    private static ServiceProvider Services() => new ServiceCollection().AddWorker<Probe>().BuildServiceProvider();
}
