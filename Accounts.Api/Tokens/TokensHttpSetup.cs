using Accounts.Api.Http;

namespace Accounts.Api.Tokens;

public static class TokensHttpSetup
{
    public static IServiceCollection AddTokensHttp(this IServiceCollection services) =>
        services.AddAnswers(TokensJson.Default).AddSingleton<IntrospectionClients>().AddSingleton<AccessTokenCheck>()
            .AddScoped<AccessTokenDescription>().AddScoped<SessionTokenDescription>().AddScoped<ProgramTokenDescription>();
}
