using Accounts.Api.Http;

namespace Accounts.Api.EmailCodes;

public static class EmailCodesHttpSetup
{
    public static IServiceCollection AddEmailCodesHttp(this IServiceCollection services) => services.AddAnswers(EmailCodesJson.Default);
}
