using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Restoring;

public static class RestoringSetup
{
    public static IServiceCollection AddRestoring(this IServiceCollection services) => services.AddScoped<RestoreMode>()
        .AddImpersonalTable("restores", "when a backup was restored");
}
