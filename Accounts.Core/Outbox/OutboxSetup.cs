using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Outbox;

public static class OutboxSetup
{
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxSignal>().AddHostedService(provider => provider.GetRequiredService<OutboxSignal>())
        .AddSingleton<OutboxLanes>().AddScoped<OutboxDelivery>();
}
