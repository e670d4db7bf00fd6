using Accounts.Api.Http;

namespace Accounts.Api.SignIn;

public static class SignInHttpSetup
{
    public static IServiceCollection AddSignInHttp(this IServiceCollection services) =>
        services.AddAnswers(SignInJson.Default).AddSingleton<SignInAnswer>().AddSingleton<CarriedToken>().AddSingleton<ClientSignIn>().AddScoped<TicketOwner>().AddScoped<Enrolling>();
}
