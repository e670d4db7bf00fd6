namespace Accounts.Api.Tokens;

public static class TokensHttpSetup
{
    public static IServiceCollection AddTokensHttp(this IServiceCollection services) => services.AddSingleton<IntrospectionClients>();
}
