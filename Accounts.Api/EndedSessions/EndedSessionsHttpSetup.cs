using Accounts.Api.Http;

namespace Accounts.Api.EndedSessions;

public static class EndedSessionsHttpSetup
{
    public static IServiceCollection AddEndedSessionsHttp(this IServiceCollection services) => services.AddAnswers(EndedSessionsJson.Default).AddSingleton<FollowerLimit>();
}
