using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionOptions>().BindConfiguration("Accounts:Sessions");
        return services
            .AddSingleton<RefreshTokenCodec>().AddSingleton<SessionTokens>().AddSingleton<SessionRotation>()
            .AddSingleton<LiveSessions>().AddSingleton<SessionRecognition>()
            .AddScoped<SessionOpening>()
            .AddScoped<PasswordLogin>().AddScoped<SessionRefresh>().AddScoped<Logout>();
    }
}
