namespace Accounts.Api.Development;

public static class DevelopmentToolsSetup
{
    public static IServiceCollection AddDevelopmentTools(this IServiceCollection services)
    {
        services.AddOptions<DevelopmentOptions>().BindConfiguration("Accounts:Dev");
        return services.AddSingleton<DevelopmentTools>();
    }
}
