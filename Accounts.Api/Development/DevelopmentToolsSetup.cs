using Accounts.Core.Settings;

namespace Accounts.Api.Development;

public static class DevelopmentToolsSetup
{
    public static IServiceCollection AddDevelopmentTools(this IServiceCollection services)
    {
        services.AddSettings<DevelopmentOptions, DevelopmentOptionsCheck>("Accounts:Dev");
        return services.AddSingleton<DevelopmentTools>();
    }
}
