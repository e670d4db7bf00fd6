using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Security;

public static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<ThrottlingOptions>().BindConfiguration("Accounts:Throttling");
        return services
            .AddSingleton<HashingPool>().AddSingleton<AccountThrottle>().AddSingleton<MailThrottle>().AddSingleton<BrowserProof>()
            .AddScoped<SigningKeyStore>();
    }
}
