using System.Text.Json;

namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// Issuers of Microsoft's tenants: <c>…/{tenant's id}/v2.0</c>. The document of <c>common</c> and <c>organizations</c> names
/// <c>{tenantid}</c> in its place, and each token its own.
/// </summary>
internal static class TenantIssuer
{
    private const string Placeholder = "{tenantid}", Version = "/v2.0";
    private static readonly string[] ForMany = ["common", "organizations"];

    /// <param name="published">what the document names</param>
    /// <param name="asked">the tenant's address as it was asked for: by id, domain or alias</param>
    public static bool IsPublished(string published, string asked)
    {
        var folder = asked[..(asked[..^Version.Length].LastIndexOf('/') + 1)];
        var tenant = asked[folder.Length..^Version.Length];
        if (!published.StartsWith(folder, StringComparison.Ordinal) || !published.EndsWith(Version, StringComparison.Ordinal) || published.Length < folder.Length + Version.Length)
        {
            return false;
        }
        var named = published[folder.Length..^Version.Length];
        return ForMany.Contains(tenant) ? named == Placeholder : IsId(named) && (!IsId(tenant) || named == tenant);
    }

    /// <summary>Whether a token is of the tenant that it names, and that one is let in.</summary>
    /// <param name="claims">of the token</param>
    /// <param name="published">as the document names the issuer</param>
    public static bool IsOf(JsonElement claims, string published) =>
        claims.Text("tid") is { } tenant && IsId(tenant) && claims.Text("iss") == published.Replace(Placeholder, tenant, StringComparison.Ordinal);

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _) && text == text.ToLowerInvariant();
}
