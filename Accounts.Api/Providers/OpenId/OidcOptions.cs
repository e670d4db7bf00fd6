namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// A provider of OpenID Connect that is known by its issuer alone: section <c>Accounts:Social:Oidc:{name}</c>, as many as
/// there are names. Off without a client id.
/// </summary>
public sealed class OidcOptions : ProviderSettings, IIssuerSettings
{
    /// <summary>To the letter as the issuer's own discovery document names it; the endpoints are read there.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>On the button, and in mails. The name of the section where empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>Believes the provider's <c>email_verified</c>. Only for one that checks addresses: whoever gets it to say an address gets the account that has it offered.</summary>
    public bool TrustEmail { get; set; }

    /// <summary>Client ids of native apps, separated by commas: whose ID tokens are taken as well as codes. None where empty.</summary>
    public string Audiences { get; set; } = "";

    /// <summary>Has the provider post its answer to our callback (<c>response_mode=form_post</c>), for one that will not send it in an address.</summary>
    public bool FormPost { get; set; }

    string IIssuerSettings.IssuerAddress => Issuer;
}
