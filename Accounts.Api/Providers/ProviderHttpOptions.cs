namespace Accounts.Api.Providers;

/// <summary>Where providers are called: section <c>Accounts:Social</c>.</summary>
public sealed class ProviderHttpOptions
{
    /// <summary>Hosts without a public address that the documents of an issuer may name, separated by commas, beside the issuer's own: where a company's provider has its endpoints on another host of its network.</summary>
    public string PrivateHosts { get; set; } = "";
}
