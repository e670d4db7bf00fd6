using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Secrets;

public static class SecretsSetup
{
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services
        .AddSettings<SecretOptions, SecretOptionsCheck>("Accounts")
        .AddSingleton<SecretKeys>().AddSingleton<SecretBox>().AddSingleton<BrowserProof>();
}
