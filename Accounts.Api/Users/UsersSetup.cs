namespace Accounts.Api.Users;

public static class UsersSetup
{
    public static IServiceCollection AddUsersHttp(this IServiceCollection services) => services.AddSingleton<RegistrationCookie>();
}
