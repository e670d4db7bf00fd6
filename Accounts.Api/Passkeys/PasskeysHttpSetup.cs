using Accounts.Api.Http;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;

namespace Accounts.Api.Passkeys;

public static class PasskeysHttpSetup
{
    public static IServiceCollection AddPasskeysHttp(this IServiceCollection services) => services
        .AddAnswers(PasskeysJson.Default).AddSettings<PasskeyOptions, PasskeyOptionsCheck>("Accounts:Passkeys")
        .AddSingleton<RelyingParty>().AddScoped<PasskeyStore>().AddScoped<PasskeyHandlers>().AddScoped<PasskeyCeremony>().AddScoped<PasskeyAsker>().AddScoped<PasskeyRecovery>()
        .AddScoped<IFactorCheck, PasskeyCheck>();
}
