using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.MailedTokens;

public static class MailedTokensSetup
{
    public static IServiceCollection AddMailedTokens(this IServiceCollection services) => services
        .AddScoped<MailedTokenStore>();
}
