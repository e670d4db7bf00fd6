using Accounts.Core.Data;
using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Throttling;

public static class ThrottlingSetup
{
    public static IServiceCollection AddThrottling(this IServiceCollection services) => services
        .AddSettings<ThrottlingOptions, ThrottlingOptionsCheck>("Accounts:Throttling")
        .AddSingleton<KnownDevices>().AddSingleton<AccountThrottle>().AddSingleton<CodeThrottle>().AddSingleton<FactorThrottle>().AddSingleton<ClientThrottle>().AddSingleton<RegistrationThrottle>().AddScoped<MailThrottle>()
        .AddImpersonalTable("throttle_counters", "counters under hashes, gone within a day")
        .AddSweepRule("throttle_counters", "expires_at < clock_timestamp()");
}
