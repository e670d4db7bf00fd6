using Accounts.Core.Security.Hashing;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Security;

public static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSettings<ThrottlingOptions, ThrottlingOptionsCheck>("Accounts:Throttling");
        return services
            .AddSingleton<HashingPool>().AddSingleton<AccountThrottle>().AddSingleton<BrowserProof>()
            .AddScoped<MailThrottle>().AddScoped<SecurityLog>().AddScoped<SigningKeyStore>()
            .AddHostedService<SigningKeyWorker>().AddHostedService<Sweeper>();
    }
}
