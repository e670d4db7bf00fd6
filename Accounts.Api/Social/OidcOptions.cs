using Accounts.Core.Social;

namespace Accounts.Api.Social;

/// <summary>A provider of OpenID Connect that is known by its issuer alone: section <c>Accounts:Social:Oidc</c>. Off without a client id.</summary>
public sealed class OidcOptions : ProviderSettings
{
    /// <summary>To the letter as the issuer's own discovery document names it; the endpoints are read there.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>On the button, and in mails.</summary>
    public string Name { get; set; } = "OpenID Connect";

    /// <summary>Believes the provider's <c>email_verified</c>. Only for one that checks addresses: whoever gets it to say an address takes over an unverified account that has it.</summary>
    public bool TrustEmail { get; set; }
}

internal sealed class OidcOptionsCheck(IHostEnvironment environment) : ProviderSettingsCheck<OidcOptions>(environment)
{
    private static readonly string[] MicrosoftsHosts =
        ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.microsoft.com", "login.windows.net", "sts.windows.net"];
    private static readonly string[] Aliases = ["common", "organizations", "consumers"];

    protected override IEnumerable<string> Mistakes(OidcOptions options)
    {
        var mistakes = base.Mistakes(options);
        return options.ClientId.Length > 0 && MistakeOf(options) is { } mistake ? mistakes.Append(mistake) : mistakes;
    }

    private string? MistakeOf(OidcOptions options)
    {
        if (options.Issuer.Length == 0)
        {
            return "Accounts__Social__Oidc__Issuer is not set: it belongs to Accounts__Social__Oidc__ClientId, for example https://gitlab.com.";
        }
        if (options.Issuer.Contains('{', StringComparison.Ordinal) || (Uri.TryCreate(options.Issuer, UriKind.Absolute, out var alias) && IsForManyTenants(alias)))
        {
            return $"Accounts__Social__Oidc__Issuer is \"{options.Issuer}\", which stands for many tenants: name your own tenant, for example https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0.";
        }
        if (options.Issuer.Length > ExternalProfile.LongestIssuer || !Uri.TryCreate(options.Issuer, UriKind.Absolute, out var uri) || !IsSafe(uri)
            || options.Issuer.AsSpan().ContainsAny("?#") || uri.UserInfo.Length > 0)
        {
            return $"Accounts__Social__Oidc__Issuer is \"{options.Issuer}\": it must be https, or http on loopback, without query and fragment, and of at most {ExternalProfile.LongestIssuer} characters.";
        }
        return string.IsNullOrWhiteSpace(options.Name) ? "Accounts__Social__Oidc__Name is blank: write what the button says, for example GitLab." : null;
    }

    /// <summary>Anybody can have a tenant, and say there whatever they like.</summary>
    private static bool IsForManyTenants(Uri issuer) => MicrosoftsHosts.Contains(issuer.Host, StringComparer.OrdinalIgnoreCase)
        && Aliases.Contains(issuer.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "common", StringComparer.OrdinalIgnoreCase);
}
