namespace Accounts.Api.Tokens;

public static class TokensSetup
{
    public static IServiceCollection AddTokensHttp(this IServiceCollection services) => services.AddSingleton<IntrospectionClients>();
}
