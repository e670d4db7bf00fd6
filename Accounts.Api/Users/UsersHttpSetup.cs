using Accounts.Api.Http;

namespace Accounts.Api.Users;

public static class UsersHttpSetup
{
    public static IServiceCollection AddUsersHttp(this IServiceCollection services) => services.AddAnswers(UsersJson.Default);
}
