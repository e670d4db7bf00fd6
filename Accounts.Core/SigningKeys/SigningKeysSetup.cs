using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SigningKeys;

public static class SigningKeysSetup
{
    public static IServiceCollection AddSigningKeys(this IServiceCollection services) => services
        .AddSingleton<SigningKeyVault>().AddScoped<SigningKeyStore>().AddSingleton<PublicHalves>().AddEarlyWorker<SigningKeyWorker>()
        // The next start finds none, and makes one.
        .AddRestoreRule("signing keys", "UPDATE signing_keys SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL AND created_at < @began")
        .AddImpersonalTable("signing_keys", "the server's own").AddImpersonalTable("public_signing_keys", "the server's own")
        .AddSweepRule("signing_keys", "revoked_at < clock_timestamp() - interval '30 days'");
}
