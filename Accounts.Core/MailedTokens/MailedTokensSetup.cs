using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.MailedTokens;

public static class MailedTokensSetup
{
    public static IServiceCollection AddMailedTokens(this IServiceCollection services) => services
        .AddScoped<MailedTokenStore>()
        .AddSweepRule("email_verification_tokens", "expires_at < clock_timestamp() - interval '7 days'");
}
