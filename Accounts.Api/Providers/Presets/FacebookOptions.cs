namespace Accounts.Api.Providers.Presets;

/// <summary>Facebook: section <c>Accounts:Social:Facebook</c>. Off without a client id.</summary>
public sealed class FacebookOptions : EndpointSettings
{
    public override string AuthorizationUrl { get; set; } = "https://www.facebook.com/dialog/oauth";

    public override string TokenUrl { get; set; } = "https://graph.facebook.com/oauth/access_token";

    public override string UserInfoUrl { get; set; } = "https://graph.facebook.com/me?fields=id,name,email";
}
