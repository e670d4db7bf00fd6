namespace Accounts.Api.Cookies;

public static class CookiesSetup
{
    public static IServiceCollection AddCookies(this IServiceCollection services) => services
        .AddSingleton<RefreshCookie>().AddSingleton<SessionCookie>().AddSingleton<SignedInCookies>().AddSingleton<DeviceCookie>().AddSingleton<RegistrationCookie>().AddSingleton<AttemptCookie>().AddSingleton<SocialCookie>()
        .AddSingleton<PendingCookie>().AddSingleton<TrustCookie>();
}
