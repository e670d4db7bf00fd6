using Accounts.Api.Http;

namespace Accounts.Api.Passwords;

public static class PasswordsHttpSetup
{
    public static IServiceCollection AddPasswordsHttp(this IServiceCollection services) => services.AddAnswers(PasswordsJson.Default);
}
