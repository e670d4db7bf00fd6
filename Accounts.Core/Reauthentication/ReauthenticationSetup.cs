using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Reauthentication;

public static class ReauthenticationSetup
{
    public static IServiceCollection AddReauthentication(this IServiceCollection services) =>
        services
        .AddScoped<ReproofMail>().AddScoped<ReproofMailing>().AddScoped<MailedReproof>().AddScoped<ReproofChecks>().AddScoped<Reauthenticator>();
}
