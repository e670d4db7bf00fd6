using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSettings<SessionOptions, SessionOptionsCheck>("Accounts:Sessions")
        .AddSingleton<LiveSessionRule>().AddSingleton<RefreshTokenCodec>().AddSingleton<SessionTokens>().AddSingleton<SessionRotation>()
        .AddSingleton<LiveSessions>().AddSingleton<SessionRecognition>()
        .AddScoped<SessionOpening>().AddScoped<SessionRefresh>().AddScoped<Logout>();
}
