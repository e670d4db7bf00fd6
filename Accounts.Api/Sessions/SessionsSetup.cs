namespace Accounts.Api.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddSessionsHttp(this IServiceCollection services) =>
        services.AddSingleton<RefreshCookie>().AddSingleton<DeviceCookie>().AddSingleton<SignInAnswer>().AddSingleton<RefreshThrottle>().AddSingleton<TokenTransport>().AddSingleton<Visitor>();
}
