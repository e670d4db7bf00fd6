using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Tokens;

public static class TokensSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<SecretOptions>().BindConfiguration("Accounts");
        services.AddOptions<TokenOptions>().BindConfiguration("Accounts:Tokens");
        return services
            .AddSingleton<SecretKeys>().AddSingleton<SecretBox>()
            .AddSingleton<SigningKeyRing>().AddSingleton<AccessTokenSigner>().AddSingleton<AccessTokenVerifier>();
    }
}
