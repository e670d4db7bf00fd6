using Accounts.Api.Providers.OpenId;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers;

/// <summary>Under which issuer the identities of each provider are kept, for those that come from elsewhere.</summary>
public static class ProviderIssuers
{
    /// <summary>
    /// By the provider's name: empty where its handler tells of none, or where each of its tenants is an issuer and no single one is set. Those that are off are
    /// among them, for people may be brought here before.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<SocialProvider>>();
        return services.GetServices<ProviderRegistration>().ToDictionary(kind => kind.Name, kind => Issuer(kind, options.Get(kind.Name)));
    }

    private static string Issuer(ProviderRegistration kind, SocialProvider provider) =>
        typeof(OpenIdHandler).IsAssignableFrom(kind.Handler) && (!provider.HasTenants || IsOneTenant(provider.Issuer)) ? provider.Issuer : "";

    /// <summary><c>https://login.microsoftonline.com/{tenant's id}/v2.0</c></summary>
    private static bool IsOneTenant(string issuer) => issuer.Split('/').Any(part => Guid.TryParseExact(part, "D", out _));
}
