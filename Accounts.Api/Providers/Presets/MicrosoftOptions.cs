namespace Accounts.Api.Providers.Presets;

/// <summary>Microsoft's accounts of work, school and home: section <c>Accounts:Social:Microsoft</c>. Off without a client id.</summary>
public sealed class MicrosoftOptions : ProviderSettings, IIssuerSettings
{
    /// <summary>
    /// Whose accounts are let in: a tenant's id or domain, <c>organizations</c> (any company's or school's), <c>consumers</c>
    /// (personal ones) or <c>common</c> (all).
    /// </summary>
    public string Tenant { get; set; } = "common";

    /// <summary>Where Microsoft's sign-in lives; another in its national clouds.</summary>
    public string Authority { get; set; } = "https://login.microsoftonline.com";

    /// <summary>Client ids of native apps, separated by commas: whose ID tokens are taken as well as codes. None where empty.</summary>
    public string Audiences { get; set; } = "";

    string IIssuerSettings.IssuerAddress => Authority;
}
