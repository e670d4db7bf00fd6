using Accounts.Api.Http;

namespace Accounts.Api.SecondFactor;

public static class SecondFactorHttpSetup
{
    public static IServiceCollection AddSecondFactorHttp(this IServiceCollection services) => services.AddAnswers(SecondFactorJson.Default);
}
