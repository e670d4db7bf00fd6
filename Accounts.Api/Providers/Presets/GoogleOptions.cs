using Microsoft.AspNetCore.Authentication.Google;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// Google: section <c>Accounts:Social:Google</c>. Off without a client id. The endpoints are those of the framework's package;
/// it knows no ID tokens, and so neither the keys nor the issuer.
/// </summary>
public sealed class GoogleOptions : EndpointSettings
{
    private const string GooglesKeys = "https://www.googleapis.com/oauth2/v3/certs";

    public override string AuthorizationUrl { get; set; } = GoogleDefaults.AuthorizationEndpoint;

    public override string TokenUrl { get; set; } = GoogleDefaults.TokenEndpoint;

    public override string UserInfoUrl { get; set; } = GoogleDefaults.UserInformationEndpoint;

    /// <summary>The keys that ID tokens are checked with. Where TokenUrl is changed and this is not, ID tokens are not looked at, and UserInfoUrl says who it is.</summary>
    public string KeysUrl { get; set; } = GooglesKeys;

    /// <summary><c>iss</c> of the ID tokens.</summary>
    public string Issuer { get; set; } = "https://accounts.google.com";

    /// <summary>Client ids of native apps, separated by commas: whose ID tokens are taken as well as codes. None where empty.</summary>
    public string Audiences { get; set; } = "";

    /// <summary>Google's keys say nothing of another's tokens.</summary>
    public bool ChecksIdTokens => KeysUrl != GooglesKeys || TokenUrl == GoogleDefaults.TokenEndpoint;
}
