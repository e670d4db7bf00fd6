using Accounts.Core.Settings;

namespace Accounts.Api.Providers.Presets;

/// <summary>Well-known providers whose endpoints are known beforehand.</summary>
internal static class EndpointProvidersSetup
{
    public static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddSettings<GoogleOptions, ProviderSettingsCheck<GoogleOptions>>("Accounts:Social:Google");
        return services.AddProvider<GoogleHandler, GoogleOptions>("google", "Google", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            // Google's own page says that ID tokens have the one or the other.
            (provider.Issuer, provider.OtherIssuer) = (settings.Issuer, settings.Issuer.Replace("https://", "", StringComparison.Ordinal));
            provider.UseApps(settings.Audiences);
            provider.KeysEndpoint = settings.ChecksIdTokens ? settings.KeysUrl : "";
        });
    }

    public static IServiceCollection AddGitHub(this IServiceCollection services)
    {
        services.AddSettings<GitHubOptions, ProviderSettingsCheck<GitHubOptions>>("Accounts:Social:GitHub");
        return services.AddProvider<GitHubHandler, GitHubOptions>("github", "GitHub", (provider, settings, http) =>
        {
            provider.Use(settings, http, "read:user", "user:email");
            (provider.EmailsEndpoint, provider.Issuer) = (settings.EmailsUrl, settings.Issuer);
        });
    }

    public static IServiceCollection AddFacebook(this IServiceCollection services)
    {
        services.AddSettings<FacebookOptions, ProviderSettingsCheck<FacebookOptions>>("Accounts:Social:Facebook");
        return services.AddProvider<FacebookHandler, FacebookOptions>("facebook", "Facebook", (provider, settings, http) =>
        {
            provider.Use(settings, http, "public_profile", "email");
            // It refuses a verifier without a challenge, and a script's challenge is not ours to know.
            (provider.UsePkce, provider.AsksForVerifier) = (false, false);
            // "#_=_": a front end that routes by fragments would look for that page.
            provider.AddsFragment = true;
        });
    }

    public static IServiceCollection AddLinkedIn(this IServiceCollection services)
    {
        services.AddSettings<LinkedInOptions, ProviderSettingsCheck<LinkedInOptions>>("Accounts:Social:LinkedIn");
        return services.AddProvider<LinkedInHandler, LinkedInOptions>("linkedin", "LinkedIn", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            // Its token endpoint refuses, as "invalid_client", whoever sends a secret and a verifier.
            provider.UsePkce = false;
        });
    }

    public static IServiceCollection AddDiscord(this IServiceCollection services)
    {
        services.AddSettings<DiscordOptions, ProviderSettingsCheck<DiscordOptions>>("Accounts:Social:Discord");
        return services.AddProvider<DiscordHandler, DiscordOptions>("discord", "Discord", (provider, settings, http) =>
            provider.Use(settings, http, "identify", "email"));
    }
}
