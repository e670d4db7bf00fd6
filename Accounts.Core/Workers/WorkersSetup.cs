using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Workers;

public static class WorkersSetup
{
    /// <summary>One of each process, which begins when <see cref="WorkersGate"/> is open.</summary>
    public static IServiceCollection AddWorker<T>(this IServiceCollection services) where T : BackgroundService
    {
        services.TryAddSingleton<WorkersGate>();
        services.TryAddSingleton<T>();
        return services.AddHostedService<GatedWorker<T>>();
    }

    /// <summary>One that begins with the server, and not behind the rehearsal: the safety of what is served rests on it.</summary>
    public static IServiceCollection AddEarlyWorker<T>(this IServiceCollection services) where T : BackgroundService
    {
        services.TryAddSingleton<T>();
        return services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
