using Accounts.Api.Providers.OpenId;
using Accounts.Core.Settings;

namespace Accounts.Api.Providers.Presets;

/// <summary>Well-known providers of OpenID Connect, whose endpoints are read from their issuers.</summary>
internal static class IssuerProvidersSetup
{
    public static IServiceCollection AddMicrosoft(this IServiceCollection services)
    {
        services.AddSettings<MicrosoftOptions, MicrosoftOptionsCheck>("Accounts:Social:Microsoft");
        return services.AddProvider<MicrosoftHandler, MicrosoftOptions>("microsoft", "Microsoft", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            (provider.HasTenants, provider.Issuer, provider.NeedsIdToken) = (true, $"{settings.Authority.TrimEnd('/')}/{settings.Tenant.ToLowerInvariant()}/v2.0", true);
            // No address of its counts as verified, so that userinfo need not be asked for that word.
            provider.TrustsEmail = false;
            provider.UseApps(settings.Audiences);
        });
    }

    public static IServiceCollection AddGitLab(this IServiceCollection services)
    {
        services.AddSettings<GitLabOptions, GitLabOptionsCheck>("Accounts:Social:GitLab");
        return services.AddProvider<OidcHandler, GitLabOptions>("gitlab", "GitLab", (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            (provider.Issuer, provider.NeedsIdToken, provider.AsksAnew) = (settings.Issuer, true, true);
        });
    }

    public static IServiceCollection AddApple(this IServiceCollection services)
    {
        services.AddSettings<AppleOptions, AppleOptionsCheck>("Accounts:Social:Apple");
        return services.AddProvider<AppleHandler, AppleOptions>("apple", "Apple", (provider, settings, http) =>
        {
            // Whoever asks Apple for a name or an address is answered by a form alone.
            provider.Use(settings.ClientId, http, "openid", "email", "name");
            (provider.Issuer, provider.NeedsIdToken, provider.FormPost) = (settings.Issuer, true, true);
            provider.MakeSecret = now => AppleClientSecret.Make(settings, now);
            provider.UseApps(settings.Audiences);
        });
    }
}
