using Accounts.Api.Development;
using Accounts.Api.Http;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

public static class SocialHttpSetup
{
    public static IServiceCollection AddSocialHttp(this IServiceCollection services)
    {
        services.AddAnswers(SocialJson.Default).AddSettings<SocialOptions, SocialOptionsCheck>("Accounts:Social");
        services.AddSingleton<ProviderConnection>().AddSingleton<ProviderKeys>().AddSingleton<OidcDiscovery>().AddSingleton<IdTokens>();
        services.AddScoped<SocialArrival>();
        services.AddWebEncoders();
        services.AddSingleton<SocialProviders>().AddSingleton<ReturnAddresses>();
        services.AddSingleton(provider => new IdentityProviders(provider.GetRequiredService<IOptions<OidcOptions>>().Value.Name));
        return services.AddGoogle().AddGitHub().AddFacebook().AddLinkedIn().AddOidc().AddFakeProvider();
    }

    private static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddSettings<GoogleOptions, ProviderSettingsCheck<GoogleOptions>>("Accounts:Social:Google");
        return services.AddProvider<GoogleHandler, GoogleOptions>(IdentityProviders.Google, (provider, settings, http) =>
        {
            provider.Use(IdentityProviders.Google, settings, http, "openid", "email", "profile");
            provider.Issuer = settings.Issuer;
            provider.KeysEndpoint = settings.ChecksIdTokens ? settings.KeysUrl : "";
        });
    }

    private static IServiceCollection AddGitHub(this IServiceCollection services)
    {
        services.AddSettings<GitHubOptions, ProviderSettingsCheck<GitHubOptions>>("Accounts:Social:GitHub");
        return services.AddProvider<GitHubHandler, GitHubOptions>(IdentityProviders.GitHub, (provider, settings, http) =>
        {
            provider.Use(IdentityProviders.GitHub, settings, http, "read:user", "user:email");
            (provider.EmailsEndpoint, provider.Issuer) = (settings.EmailsUrl, settings.Issuer);
        });
    }

    private static IServiceCollection AddFacebook(this IServiceCollection services)
    {
        services.AddSettings<FacebookOptions, ProviderSettingsCheck<FacebookOptions>>("Accounts:Social:Facebook");
        return services.AddProvider<FacebookHandler, FacebookOptions>(IdentityProviders.Facebook, (provider, settings, http) =>
            provider.Use(IdentityProviders.Facebook, settings, http, "public_profile", "email"));
    }

    private static IServiceCollection AddLinkedIn(this IServiceCollection services)
    {
        services.AddSettings<LinkedInOptions, ProviderSettingsCheck<LinkedInOptions>>("Accounts:Social:LinkedIn");
        return services.AddProvider<LinkedInHandler, LinkedInOptions>(IdentityProviders.LinkedIn, (provider, settings, http) =>
        {
            provider.Use(IdentityProviders.LinkedIn, settings, http, "openid", "email", "profile");
            // Its token endpoint refuses, as "invalid_client", whoever sends a secret and a verifier.
            provider.UsePkce = false;
        });
    }

    private static IServiceCollection AddOidc(this IServiceCollection services)
    {
        services.AddSettings<OidcOptions, OidcOptionsCheck>("Accounts:Social:Oidc");
        return services.AddProvider<OidcHandler, OidcOptions>(IdentityProviders.Oidc, (provider, settings, http) =>
        {
            provider.Use(IdentityProviders.Oidc, settings, http, "openid", "email", "profile");
            (provider.Issuer, provider.TrustsEmail, provider.NeedsIdToken) = (settings.Issuer, settings.TrustEmail, true);
        });
    }

    private static IServiceCollection AddFakeProvider(this IServiceCollection services) => services
        .AddSingleton<FakeProvider>().AddSingleton(new SocialProviderKind(IdentityProviders.Fake, typeof(OpenIdHandler)))
        .AddOptions<SocialProvider>(IdentityProviders.Fake).Configure<FakeProvider, ProviderConnection, IdentityProviders>((provider, fake, connection, names) =>
        {
            provider.Use(IdentityProviders.Fake, fake.Settings, connection.Http, "openid", "email", "profile");
            provider.Title = names.TitleOf(IdentityProviders.Fake);
        }).Services;

    private static IServiceCollection AddProvider<THandler, TSettings>(
        this IServiceCollection services, string name, Action<SocialProvider, TSettings, HttpClient> configure)
        where THandler : SocialHandler where TSettings : ProviderSettings => services
        .AddSingleton(new SocialProviderKind(name, typeof(THandler)))
        .AddOptions<SocialProvider>(name).Configure<IOptions<TSettings>, ProviderConnection, IdentityProviders>((provider, settings, connection, names) =>
        {
            configure(provider, settings.Value, connection.Http);
            provider.Title = names.TitleOf(name);
        }).Services;
}
