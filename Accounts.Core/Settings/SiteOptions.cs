namespace Accounts.Core.Settings;

/// <summary>Where the server and its front end are found: section <c>Accounts</c>.</summary>
public sealed class SiteOptions
{
    /// <summary>The server's address as browsers see it: scheme, host, port. Decides cookie names, issuer and links; never the request does.</summary>
    public string PublicUrl { get; set; } = "http://localhost:8000";

    /// <summary>The front end that links in mails lead to. PublicUrl where empty, whose own pages then serve.</summary>
    public string FrontendUrl { get; set; } = "";

    /// <summary>PublicUrl without a trailing slash.</summary>
    public string Origin => PublicUrl.TrimEnd('/');

    public string Frontend => (FrontendUrl.Length > 0 ? FrontendUrl : PublicUrl).TrimEnd('/');

    public string Host => new Uri(PublicUrl).Host;

    public bool IsHttps => PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public bool IsLoopback => new Uri(PublicUrl).IsLoopback;
}
