using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Users;

public static class UsersSetup
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSettings<PasswordOptions, PasswordOptionsCheck>("Accounts:Passwords");
        services.AddSettings<RegistrationOptions>("Accounts:Registration");
        return services
            .AddSingleton<CommonPasswords>().AddSingleton<PasswordPolicy>().AddSingleton<PasswordHashing>()
            .AddScoped<PasswordCheck>().AddScoped<VerificationMail>().AddScoped<VerificationTokens>()
            .AddScoped<NewPassword>().AddScoped<PasswordNotice>().AddScoped<PasswordResetMail>().AddScoped<PasswordResetTokens>()
            .AddScoped<PasswordReset>().AddScoped<PasswordResetConfirmation>().AddScoped<PasswordChange>()
            .AddScoped<Registration>().AddScoped<EmailVerification>().AddScoped<VerificationReview>().AddScoped<VerificationResend>();
    }
}
