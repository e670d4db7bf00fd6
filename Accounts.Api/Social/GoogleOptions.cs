namespace Accounts.Api.Social;

/// <summary>Google: section <c>Accounts:Social:Google</c>. Off without a client id.</summary>
public sealed class GoogleOptions : EndpointSettings
{
    internal const string GooglesKeys = "https://www.googleapis.com/oauth2/v3/certs";
    private const string GooglesTokens = "https://oauth2.googleapis.com/token";

    public override string AuthorizationUrl { get; set; } = "https://accounts.google.com/o/oauth2/v2/auth";

    public override string TokenUrl { get; set; } = GooglesTokens;

    public override string UserInfoUrl { get; set; } = "https://openidconnect.googleapis.com/v1/userinfo";

    /// <summary>The keys that ID tokens are checked with. Where TokenUrl is changed and this is not, ID tokens are not looked at, and UserInfoUrl says who it is.</summary>
    public string KeysUrl { get; set; } = GooglesKeys;

    /// <summary><c>iss</c> of the ID tokens.</summary>
    public string Issuer { get; set; } = "https://accounts.google.com";

    /// <summary>Google's keys say nothing of another's tokens.</summary>
    public bool ChecksIdTokens => KeysUrl != GooglesKeys || TokenUrl == GooglesTokens;
}
