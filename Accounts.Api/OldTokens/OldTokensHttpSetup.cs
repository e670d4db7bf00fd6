namespace Accounts.Api.OldTokens;

public static class OldTokensHttpSetup
{
    public static IServiceCollection AddOldTokensHttp(this IServiceCollection services) => services.AddSingleton<OldCookie>().AddSingleton<OldTokenExchange>();
}
