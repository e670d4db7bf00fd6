using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.OpenId;

/// <summary>The providers of OpenID Connect that the configuration names, as many as it likes.</summary>
internal static class OidcSetup
{
    public const string Section = "Accounts:Social:Oidc";

    public static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsCheck>();
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            services.AddSingleton(section.Value is null ? new SettingsSection($"{Section}:{section.Key}", typeof(OidcOptions)) : new SettingsSection(Section, typeof(OidcOptions)));
            if (section.Value is null)
            {
                services.AddOidc(section);
            }
        }
        return services;
    }

    private static void AddOidc(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<OidcOptions>(section.Key).Bind(section).ValidateOnStart();
        services.AddProvider<OidcHandler, OidcOptions>(section.Key.ToLowerInvariant(), options => Title(options, section.Key), section.Key, (provider, settings, http) =>
        {
            provider.Use(settings, http, "openid", "email", "profile");
            (provider.Issuer, provider.TrustsEmail, provider.NeedsIdToken) = (settings.Issuer, settings.TrustEmail, true);
            provider.UseApps(settings.Audiences);
            (provider.FormPost, provider.AsksAnew) = (settings.FormPost, true);
        });
    }

    private static string Title(OidcOptions options, string name) => string.IsNullOrWhiteSpace(options.Name) ? name : options.Name;
}
