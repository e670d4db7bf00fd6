using Accounts.Api.Http;

namespace Accounts.Api.Admin;

public static class AdminHttpSetup
{
    public static IServiceCollection AddAdminHttp(this IServiceCollection services) => services.AddAnswers(AdminJson.Default).AddSingleton<AdminAnswer>();
}
