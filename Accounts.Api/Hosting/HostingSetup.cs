using Accounts.Core.Settings;

namespace Accounts.Api.Hosting;

public static class HostingSetup
{
    /// <summary>After the delay: requests in flight, and mails that are being handed over, which takes 30 s at most.</summary>
    private static readonly TimeSpan ShutdownWork = TimeSpan.FromSeconds(40);

    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSettings<ServerOptions, ServerOptionsCheck>("Accounts");
        services.AddSingleton<Draining>().AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServerOptions.LongestShutdownDelay + ShutdownWork);
        services.AddSingleton<Warmup>().AddHostedService(provider => provider.GetRequiredService<Warmup>());
        services.AddHealthChecks().AddCheck<DatabaseReady>("database").AddCheck<Warmup>("warmup");
        return services.AddSingleton<RuntimeWarning>().AddSingleton<SettingsWarnings>().AddSingleton(new AnotherPort("--urls=http://localhost:8001"));
    }
}
