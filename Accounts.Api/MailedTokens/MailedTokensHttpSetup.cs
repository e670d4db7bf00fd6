using Accounts.Api.Http;

namespace Accounts.Api.MailedTokens;

public static class MailedTokensHttpSetup
{
    public static IServiceCollection AddMailedTokensHttp(this IServiceCollection services) => services.AddAnswers(MailedTokensJson.Default).AddSingleton<Attempts>();
}
