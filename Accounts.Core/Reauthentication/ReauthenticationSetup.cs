using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Reauthentication;

public static class ReauthenticationSetup
{
    public static IServiceCollection AddReauthentication(this IServiceCollection services) =>
        services
        .AddScoped<ReproofMailing>().AddScoped<MailedReproof>().AddScoped<ProviderReproof>().AddScoped<ReproofChecks>().AddScoped<ReproofToken>().AddScoped<Reauthenticator>().AddScoped<PasswordConfirmation>();
}
