using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SignIn;

public static class SignInSetup
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services
        .AddSettings<SignInOptions>("Accounts:Registration")
        .AddScoped<ISignInGate, VerifiedEmailGate>().AddScoped<SignInGates>()
        .AddScoped<SignInMethods>().AddScoped<Revocation>().AddScoped<SignInDoor>();
}
