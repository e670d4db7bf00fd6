using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.OwnActivity;

public static class OwnActivitySetup
{
    public static IServiceCollection AddOwnActivity(this IServiceCollection services) => services.AddScoped<ActivityList>();
}
