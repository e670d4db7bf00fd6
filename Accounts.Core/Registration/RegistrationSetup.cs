using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Registration;

public static class RegistrationSetup
{
    public static IServiceCollection AddRegistration(this IServiceCollection services) => services
        .AddSettings<RegistrationOptions>("Accounts:Registration")
        .AddScoped<VerificationMail>()
        .AddScoped<UserRegistration>().AddScoped<EmailVerification>().AddScoped<VerificationReview>().AddScoped<VerificationResend>();
}
