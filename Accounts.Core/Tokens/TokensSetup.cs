using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Tokens;

public static class TokensSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSettings<SiteOptions, SiteOptionsCheck>("Accounts");
        services.AddSettings<SecretOptions, SecretOptionsCheck>("Accounts");
        services.AddSettings<TokenOptions, TokenOptionsCheck>("Accounts:Tokens");
        return services
            .AddSingleton<SecretKeys>().AddSingleton<SecretBox>()
            .AddSingleton<SigningKeyRing>().AddSingleton<AccessTokenSigner>().AddSingleton<AccessTokenVerifier>();
    }
}
