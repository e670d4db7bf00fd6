using Accounts.Core.Settings;

namespace Accounts.Core.Tokens;

/// <summary>What signer and verifier agree on. The algorithm is fixed here and never taken from a token (RFC 8725 section 3.1).</summary>
public static class AccessTokenProfile
{
    public const string Algorithm = "ES256";

    public const string Type = "at+jwt";

    /// <summary>What <c>sub</c> begins with where it is a program's and no user's.</summary>
    public const string ClientPrefix = "client:";

    /// <summary>How far another clock may be off.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static string Issuer(TokenOptions options, SiteOptions site) => options.Issuer.Length > 0 ? options.Issuer : site.Origin;

    public static string Audience(TokenOptions options, SiteOptions site) =>
        options.Audience.Length > 0 ? options.Audience : Issuer(options, site);
}
