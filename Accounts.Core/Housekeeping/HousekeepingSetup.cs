using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Housekeeping;

public static class HousekeepingSetup
{
    public static IServiceCollection AddHousekeeping(this IServiceCollection services) => services.AddHostedService<Sweeper>()
        .AddImpersonalTable("sweeps", "how far housekeeping has come");
}
