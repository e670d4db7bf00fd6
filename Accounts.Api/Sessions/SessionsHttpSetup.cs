using Accounts.Api.Http;

namespace Accounts.Api.Sessions;

public static class SessionsHttpSetup
{
    public static IServiceCollection AddSessionsHttp(this IServiceCollection services) => services.AddAnswers(SessionsJson.Default)
        .AddSingleton<TokenTransport>().AddSingleton<CarriedTokens>().AddSingleton<RefreshThrottle>().AddSingleton<RefreshTransport>().AddSingleton<RefreshExchange>().AddSingleton<SessionAnswer>().AddSingleton<Visitor>().AddScoped<SignOut>();
}
