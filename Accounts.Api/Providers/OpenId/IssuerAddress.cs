using Accounts.Core.Social;

namespace Accounts.Api.Providers.OpenId;

/// <summary>What an issuer may be called (OpenID Connect Discovery section 3).</summary>
internal static class IssuerAddress
{
    /// <summary>Null where it can be one.</summary>
    public static string? Mistake(string issuer, IHostEnvironment environment) =>
        issuer.Length > ExternalProfile.LongestIssuer || !Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !ProviderHttp.IsSafe(uri, environment)
        || issuer.AsSpan().ContainsAny("?#{}") || uri.UserInfo.Length > 0
            ? $"it must be https, or http on loopback, without query, fragment and braces, and of at most {ExternalProfile.LongestIssuer} characters."
            : null;
}
