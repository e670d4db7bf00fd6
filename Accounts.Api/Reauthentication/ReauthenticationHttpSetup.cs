using Accounts.Api.Http;

namespace Accounts.Api.Reauthentication;

public static class ReauthenticationHttpSetup
{
    public static IServiceCollection AddReauthenticationHttp(this IServiceCollection services) => services.AddAnswers(ReauthenticationJson.Default);
}
