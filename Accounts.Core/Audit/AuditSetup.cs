using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<SecurityLog>().AddSingleton<EventReport>().AddSingleton<EventTally>().AddHostedService(provider => provider.GetRequiredService<EventTally>())
        .AddSweepRule("security_events", "at < clock_timestamp() - interval '180 days'");
}
