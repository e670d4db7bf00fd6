using Accounts.Core.Data;
using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.OldTokens;

public static class OldTokensSetup
{
    public static IServiceCollection AddOldTokens(this IServiceCollection services) => services
        .AddSettings<OldTokenOptions, OldTokenOptionsCheck>("Accounts:OldTokens").AddSingleton<OldTokenReader>()
        .AddScoped<OldTokenOwners>().AddScoped<TakenTokens>().AddScoped<OldTokenSessions>().AddScoped<OldTokenSwap>()
        .AddSweepRule("old_tokens", "expires_at < clock_timestamp()")
        .AddPersonalData(new PersonalData("old_tokens")
        {
            Key = "token_hash",
            Given = ["session_id", "taken_at", "expires_at"],
            Withheld = [new("names a token of another system", "token_hash")],
        });
}
