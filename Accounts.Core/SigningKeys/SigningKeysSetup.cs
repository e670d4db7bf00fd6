using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SigningKeys;

public static class SigningKeysSetup
{
    public static IServiceCollection AddSigningKeys(this IServiceCollection services) => services
        .AddSingleton<SigningKeyVault>().AddScoped<SigningKeyStore>().AddHostedService<SigningKeyWorker>()
        .AddSweepRule("signing_keys", "revoked_at < clock_timestamp() - interval '30 days'");
}
