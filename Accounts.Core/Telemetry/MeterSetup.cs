using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Telemetry;

public static class MeterSetup
{
    public static IServiceCollection AddMeter(this IServiceCollection services) => services.AddMetrics().AddSingleton<AccountsMeter>();
}
