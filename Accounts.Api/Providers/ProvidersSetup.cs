using Accounts.Api.Providers.OpenId;
using Accounts.Api.Providers.Presets;
using Accounts.Core.Settings;
using Accounts.Core.Social;

namespace Accounts.Api.Providers;

public static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ProviderHttpOptions>("Accounts:Social").AddSingleton<ProviderHttp>().AddSingleton<SocialProviders>().AddSingleton<ProviderTitles>();
        services.AddSingleton<ProviderKeys>().AddSingleton<OidcDiscovery>().AddSingleton<IdTokens>().AddScoped<AppleNotices>();
        services.AddHostedService<IssuerGreeting>().AddWebEncoders();
        return services.AddGoogle().AddGitHub().AddFacebook().AddLinkedIn().AddMicrosoft().AddGitLab().AddDiscord().AddApple().AddOidc(configuration);
    }
}
