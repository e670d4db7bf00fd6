using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.MailedTokens;

public static class MailedTokensSetup
{
    public static IServiceCollection AddMailedTokens(this IServiceCollection services) => services
        .AddScoped<MailedTokenStore>().AddScoped<MailedCodes>()
        .AddRestoreRule("mailed tokens", """
            UPDATE email_verification_tokens SET used_at = clock_timestamp()
            WHERE id = ANY (ARRAY (SELECT id FROM email_verification_tokens WHERE used_at IS NULL LIMIT @most))
            """)
        .AddPersonalData(new PersonalData("email_verification_tokens")
        {
            Given = ["id", "email", "new_email", "purpose", "session_id", "ip", "user_agent", "created_at", "expires_at", "used_at"],
            Withheld = [new("of use to thieves alone", "token_hash", "code_hash"), new("which browser asked, and how often", "attempt_id", "attempts"), new("of who has no account yet", "sign_up_id"), new("the same as it is compared", "email_key")],
        })
        .AddSweepRule("email_verification_tokens", "expires_at < clock_timestamp() - interval '7 days'");
}
