using Accounts.Api.Http;

namespace Accounts.Api.OwnActivity;

public static class OwnActivityHttpSetup
{
    public static IServiceCollection AddOwnActivityHttp(this IServiceCollection services) => services.AddAnswers(OwnActivityJson.Default);
}
