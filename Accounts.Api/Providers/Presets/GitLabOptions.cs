namespace Accounts.Api.Providers.Presets;

/// <summary>GitLab: section <c>Accounts:Social:GitLab</c>. Off without a client id.</summary>
public sealed class GitLabOptions : ProviderSettings, IIssuerSettings
{
    /// <summary>Of gitlab.com, or the address of an instance of your own.</summary>
    public string Issuer { get; set; } = "https://gitlab.com";

    string IIssuerSettings.IssuerAddress => Issuer;
}
