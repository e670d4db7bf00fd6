namespace Accounts.Api.Providers.Presets;

/// <summary>GitHub: section <c>Accounts:Social:GitHub</c>. Off without a client id.</summary>
public sealed class GitHubOptions : EndpointSettings
{
    public override string AuthorizationUrl { get; set; } = "https://github.com/login/oauth/authorize";

    public override string TokenUrl { get; set; } = "https://github.com/login/oauth/access_token";

    public override string UserInfoUrl { get; set; } = "https://api.github.com/user";

    /// <summary>Where the person's addresses are read: the profile shows only what is public, and verified or not.</summary>
    public string EmailsUrl { get; set; } = "https://api.github.com/user/emails";

    /// <summary><c>iss</c> in its callback (RFC 9207); another at GitHub Enterprise Server: its address with <c>/login/oauth</c>.</summary>
    public string Issuer { get; set; } = "https://github.com/login/oauth";
}
