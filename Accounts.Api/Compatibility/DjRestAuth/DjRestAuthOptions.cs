namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>Where dj-rest-auth's paths are: section <c>Accounts:Compatibility:DjRestAuth</c>.</summary>
public sealed class DjRestAuthOptions
{
    /// <summary>Stands before <c>login/</c> and all others.</summary>
    public string Prefix { get; set; } = "/dj-rest-auth";

    /// <summary>Whether a sign-in answers <c>access</c>, <c>refresh</c> and <c>user</c>; else a <c>key</c>, for <c>Authorization: Token</c>. As <c>REST_AUTH["USE_JWT"]</c>.</summary>
    public bool UseJwt { get; set; } = true;
}
