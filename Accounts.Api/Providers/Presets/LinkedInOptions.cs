namespace Accounts.Api.Providers.Presets;

/// <summary>LinkedIn: section <c>Accounts:Social:LinkedIn</c>. Off without a client id.</summary>
public sealed class LinkedInOptions : EndpointSettings
{
    public override string AuthorizationUrl { get; set; } = "https://www.linkedin.com/oauth/v2/authorization";

    public override string TokenUrl { get; set; } = "https://www.linkedin.com/oauth/v2/accessToken";

    public override string UserInfoUrl { get; set; } = "https://api.linkedin.com/v2/userinfo";
}
