namespace Accounts.Api.Providers.Presets;

/// <summary>Apple: section <c>Accounts:Social:Apple</c>. Off without a client id, which is the Services ID.</summary>
public sealed class AppleOptions : IIssuerSettings
{
    /// <summary>The identifier of the Services ID.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Ten characters, above on the right in the developer's account.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>Of the key for <i>Sign in with Apple</i>.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>That key: the text of its <c>.p8</c> file, where a line's end may be written as <c>\n</c>. Client secrets are made from it.</summary>
    public string PrivateKey { get; set; } = "";

    /// <summary>Bundle ids of native apps, separated by commas: whose ID tokens are taken as well as codes, and whose notices. None where empty.</summary>
    public string Audiences { get; set; } = "";

    /// <summary><c>iss</c> of the ID tokens; the endpoints are read there.</summary>
    public string Issuer { get; set; } = "https://appleid.apple.com";

    string IIssuerSettings.IssuerAddress => Issuer;
}
