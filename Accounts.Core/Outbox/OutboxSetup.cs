using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Outbox;

public static class OutboxSetup
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxSignal>().AddScoped<IInterceptor, OutboxCommits>()
        .AddSingleton<OutboxLanes>().AddScoped<OutboxDelivery>()
        .AddSweepRule("outbox_messages", """
            state = 'sent' AND sent_at < clock_timestamp() - interval '7 days'
            OR state = 'abandoned' AND created_at < clock_timestamp() - interval '30 days'
            """);
}
