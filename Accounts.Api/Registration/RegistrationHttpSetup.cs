using Accounts.Api.Http;

namespace Accounts.Api.Registration;

public static class RegistrationHttpSetup
{
    public static IServiceCollection AddRegistrationHttp(this IServiceCollection services) => services.AddAnswers(RegistrationJson.Default).AddSingleton<RegisteredBrowser>();
}
