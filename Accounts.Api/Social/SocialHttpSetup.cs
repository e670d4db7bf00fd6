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
        services.AddSingleton<ProviderHttp>().AddSingleton<ProviderKeys>().AddSingleton<OidcDiscovery>().AddSingleton<IdTokens>();
        services.AddHostedService<IssuerGreeting>();
        services.AddScoped<SocialCodes>();
        services.AddWebEncoders();
        services.AddSingleton<SocialProviders>().AddSingleton<ReturnUrls>();
        services.AddSingleton<ProviderTitles>();
        return services.AddGoogle().AddGitHub().AddFacebook().AddLinkedIn().AddOidc();
    }

    private static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddSettings<GoogleOptions, ProviderSettingsCheck<GoogleOptions>>("Accounts:Social:Google");
        return services.AddProvider<GoogleHandler, GoogleOptions>("google", _ => "Google", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            // Google's own page says that ID tokens have the one or the other.
            (provider.Issuer, provider.OtherIssuer) = (settings.Issuer, settings.Issuer.Replace("https://", "", StringComparison.Ordinal));
            provider.KeysEndpoint = settings.ChecksIdTokens ? settings.KeysUrl : "";
        });
    }

    private static IServiceCollection AddGitHub(this IServiceCollection services)
    {
        services.AddSettings<GitHubOptions, ProviderSettingsCheck<GitHubOptions>>("Accounts:Social:GitHub");
        return services.AddProvider<GitHubHandler, GitHubOptions>("github", _ => "GitHub", (provider, settings, http) =>
        {
            provider.Use(settings, http, "read:user", "user:email");
            (provider.EmailsEndpoint, provider.Issuer) = (settings.EmailsUrl, settings.Issuer);
        });
    }

    private static IServiceCollection AddFacebook(this IServiceCollection services)
    {
        services.AddSettings<FacebookOptions, ProviderSettingsCheck<FacebookOptions>>("Accounts:Social:Facebook");
        return services.AddProvider<FacebookHandler, FacebookOptions>("facebook", _ => "Facebook", (provider, settings, http) =>
        {
            provider.Use(settings, http, "public_profile", "email");
            // It refuses a verifier without a challenge, and a script's challenge is not ours to know.
            (provider.UsePkce, provider.AsksForVerifier) = (false, false);
        });
    }

    private static IServiceCollection AddLinkedIn(this IServiceCollection services)
    {
        services.AddSettings<LinkedInOptions, ProviderSettingsCheck<LinkedInOptions>>("Accounts:Social:LinkedIn");
        return services.AddProvider<LinkedInHandler, LinkedInOptions>("linkedin", _ => "LinkedIn", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            // Its token endpoint refuses, as "invalid_client", whoever sends a secret and a verifier.
            provider.UsePkce = false;
        });
    }

    private static IServiceCollection AddOidc(this IServiceCollection services)
    {
        services.AddSettings<OidcOptions, OidcOptionsCheck>("Accounts:Social:Oidc");
        return services.AddProvider<OidcHandler, OidcOptions>("oidc", settings => settings.Name, (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            (provider.Issuer, provider.TrustsEmail, provider.NeedsIdToken) = (settings.Issuer, settings.TrustEmail, true);
        });
    }

    private static IServiceCollection AddProvider<THandler, TSettings>(
        this IServiceCollection services, string name, Func<TSettings, string> title,
        Action<SocialProvider, TSettings, HttpClient> configure)
        where THandler : SocialHandler where TSettings : ProviderSettings => services
        .AddSingleton(provider => new IdentityProvider(name, title(provider.GetRequiredService<IOptions<TSettings>>().Value)))
        .AddSingleton(new ProviderRegistration(name, typeof(THandler)))
        .AddOptions<SocialProvider>(name).Configure<IOptions<TSettings>, ProviderHttp>((provider, settings, connection) =>
        {
            (provider.Name, provider.Title) = (name, title(settings.Value));
            configure(provider, settings.Value, connection.To(settings.Value));
        }).Services;
}
