using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddSettings<SessionOptions, SessionOptionsCheck>("Accounts:Sessions");
        return services
            .AddSingleton<SessionLifetime>().AddSingleton<RefreshTokenCodec>().AddSingleton<SessionTokens>().AddSingleton<SessionRotation>()
            .AddSingleton<RecentSignIn>().AddSingleton<LiveSessions>().AddSingleton<SessionRecognition>()
            .AddScoped<SessionOpening>()
            .AddScoped<PasswordLogin>().AddScoped<SessionRefresh>().AddScoped<Logout>();
    }
}
