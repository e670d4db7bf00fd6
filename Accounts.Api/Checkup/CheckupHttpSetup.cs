using Accounts.Core.Checkup;

namespace Accounts.Api.Checkup;

public static class CheckupHttpSetup
{
    public static IServiceCollection AddCheckupHttp(this IServiceCollection services) => services
        .AddSingleton<ProviderTrial>().AddSingleton<ICheck, FrontEndCheck>().AddSingleton<ICheck, PublicUrlCheck>().AddSingleton<ICheck, ProvidersCheck>()
        .AddSingleton<ICheck, ThrottlingCheck>().AddSingleton<ICheck, RuntimeCheck>();
}
