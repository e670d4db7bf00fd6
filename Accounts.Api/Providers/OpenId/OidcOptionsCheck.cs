using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.OpenId;

/// <summary>Checks the section of each named provider of OpenID Connect.</summary>
internal sealed class OidcOptionsCheck(IHostEnvironment environment) : IValidateOptions<OidcOptions>
{
    private static readonly string[] MicrosoftsHosts =
        ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.microsoft.com", "login.windows.net", "sts.windows.net"];

    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var mistakes = Mistakes($"Accounts__Social__Oidc__{name}", options).ToList();
        return mistakes.Count > 0 ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Mistakes(string section, OidcOptions options)
    {
        if (options.ClientId.Length == 0)
        {
            return [];
        }
        return new[] { ProviderSettings.SecretMistake(section, options), Mistake($"{section}__Issuer", options.Issuer) }.OfType<string>();
    }

    private string? Mistake(string setting, string issuer)
    {
        if (issuer.Length == 0)
        {
            return $"{setting} is not set: it belongs to the client id, for example https://auth.example.com.";
        }
        if (IssuerAddress.Mistake(issuer, environment) is { } mistake)
        {
            return $"{setting} is \"{issuer}\": {mistake}";
        }
        return MicrosoftsHosts.Contains(new Uri(issuer).Host, StringComparer.OrdinalIgnoreCase)
            ? $"{setting} is \"{issuer}\": Microsoft's addresses are not to be believed, nor does its sub name one person for two applications. Set Accounts__Social__Microsoft__ClientId, ClientSecret and Tenant instead."
            : null;
    }
}
