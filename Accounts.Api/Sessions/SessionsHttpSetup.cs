using Accounts.Api.SignIn;

namespace Accounts.Api.Sessions;

public static class SessionsHttpSetup
{
    public static IServiceCollection AddSessionsHttp(this IServiceCollection services) =>
        services.AddSingleton<SignInAnswer>().AddSingleton<RefreshThrottle>().AddSingleton<TokenTransport>().AddSingleton<Visitor>();
}
