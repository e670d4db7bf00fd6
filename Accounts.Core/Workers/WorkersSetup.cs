using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Workers;

public static class WorkersSetup
{
    /// <summary>One of each process, which begins when <see cref="WorkersGate"/> is open. What has to be done before the server serves is no worker's.</summary>
    public static IServiceCollection AddWorker<T>(this IServiceCollection services) where T : BackgroundService
    {
        services.TryAddSingleton<WorkersGate>();
        services.TryAddSingleton<T>();
        return services.AddHostedService<GatedWorker<T>>();
    }
}
