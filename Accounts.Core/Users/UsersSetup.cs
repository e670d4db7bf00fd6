using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Users;

public static class UsersSetup
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<PasswordOptions>().BindConfiguration("Accounts:Passwords").ValidateOnStart();
        services.AddOptions<RegistrationOptions>().BindConfiguration("Accounts:Registration");
        return services
            .AddSingleton<CommonPasswords>().AddSingleton<PasswordPolicy>().AddSingleton<PasswordHashing>()
            .AddSingleton<PasswordCheck>().AddScoped<VerificationMail>().AddScoped<VerificationTokens>()
            .AddScoped<Registration>().AddScoped<EmailVerification>().AddScoped<VerificationReview>().AddScoped<VerificationResend>();
    }
}
