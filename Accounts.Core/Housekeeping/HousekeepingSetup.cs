using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Housekeeping;

public static class HousekeepingSetup
{
    public static IServiceCollection AddHousekeeping(this IServiceCollection services) => services.AddWorker<Sweeper>()
        .AddImpersonalTable("sweeps", "how far housekeeping has come");
}
