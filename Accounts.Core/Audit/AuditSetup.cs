using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<SecurityLog>().AddSingleton<EventReport>().AddSingleton<EventTally>().AddHostedService(provider => provider.GetRequiredService<EventTally>())
        .AddPersonalData(new PersonalData("security_events")
        {
            Given = ["id", "kind", "session_id", "at", "ip", "user_agent", "count"],
            // What happened stays for who keeps the server safe; whom it happened to, an id tells that is nobody's any more.
            Erase = "UPDATE security_events SET ip = '', user_agent = '' WHERE user_id = @user",
        })
        .AddSweepRule("security_events", "at < clock_timestamp() - interval '180 days'");
}
