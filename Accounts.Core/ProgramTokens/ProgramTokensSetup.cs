using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.ProgramTokens;

public static class ProgramTokensSetup
{
    public static IServiceCollection AddProgramTokens(this IServiceCollection services) => services
        .AddSingleton<LivePersonalTokens>().AddScoped<PersonalTokenCreation>().AddScoped<PersonalTokenList>().AddScoped<PersonalTokenRemoval>()
        .AddSingleton<IValidateOptions<ProgramClientOptions>, ProgramClientOptionsCheck>().AddSingleton<ProgramClients>().AddSingleton<MachineTokens>()
        .AddRestoreRule("api_tokens")
        // Kept for a while, to answer that it is over and not that somebody has ended it.
        .AddSweepRule("api_tokens", "expires_at < clock_timestamp() - interval '7 days' OR epoch < (SELECT u.sessions_epoch FROM users u WHERE u.id = api_tokens.user_id)")
        .AddPersonalData(new PersonalData("api_tokens")
        {
            Given = ["id", "name", "roles", "created_at", "expires_at", "last_used_at"],
            Withheld = [new("of use to thieves alone", "token_hash"), new("counters of this server", "epoch")],
        });
}
