using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SignIn;

public static class SignInSetup
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services.AddSingleton<RecentSignIn>();
}
