using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Tokens;

public static class TokensSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services
        .AddSettings<TokenOptions, TokenOptionsCheck>("Accounts:Tokens")
        .AddSingleton<SigningKeyRing>().AddSingleton<AccessTokenSigner>().AddSingleton<AccessTokenVerifier>();
}
