using Accounts.Api.Http;

namespace Accounts.Api.EmailChange;

public static class EmailChangeHttpSetup
{
    public static IServiceCollection AddEmailChangeHttp(this IServiceCollection services) => services.AddAnswers(EmailChangeJson.Default);
}
