using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Settings;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Tokens;

/// <summary>What a resource server needs to check our tokens with nothing but the issuer's address.</summary>
[Route(".well-known"), PublishedDocument, AllowAnonymous, DisableRateLimiting]
public sealed class MetadataController(SigningKeyRing ring, ProgramClients clients, IntrospectionClients services, IOptions<TokenOptions> options, IOptions<SiteOptions> site) : ControllerBase
{
    /// <summary>The public keys (RFC 7517)</summary>
    /// <remarks>A new key stands here for days before it signs.</remarks>
    [HttpGet("jwks.json"), Succeeds<JwksResponse>]
    public JwksResponse Jwks()
    {
        // Shorter than the time for which a key is announced before it signs.
        Response.Headers.CacheControl = "public, max-age=300";
        return new JwksResponse([.. ring.Trusted.Select(key => new JwkResponse(key.Id, key.X, key.Y))]);
    }

    /// <summary>The issuer and where its keys are</summary>
    /// <remarks>OpenID Connect Discovery and RFC 8414, as far as a resource server asks, a program that gets a token of its own, a service that asks about one (RFC 7662), and who gives one back (RFC 7009).</remarks>
    [HttpGet("openid-configuration"), HttpGet("oauth-authorization-server"), Succeeds<MetadataResponse>]
    public MetadataResponse Metadata()
    {
        Response.Headers.CacheControl = "public, max-age=3600";
        var metadata = new MetadataResponse(AccessTokenProfile.Issuer(options.Value, site.Value), $"{site.Value.Origin}/.well-known/jwks.json", $"{site.Value.Origin}/api/auth/token/revoke/");
        metadata = clients.Any ? metadata.WithTokens($"{site.Value.Origin}/api/auth/token/") : metadata;
        return services.Any ? metadata.WithIntrospection($"{site.Value.Origin}/api/auth/introspect/") : metadata;
    }
}

public sealed record JwksResponse(JwkResponse[] Keys) : IAnswer<JwksResponse>
{
    public static JwksResponse Example { get; } =
        new([new JwkResponse("hyTq0pVw", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")]);
}

public sealed record JwkResponse(string Kid, string X, string Y)
{
    public string Kty => "EC";

    public string Crv => "P-256";

    public string Alg => AccessTokenProfile.Algorithm;

    public string Use => "sig";
}

public sealed record MetadataResponse(string Issuer, string JwksUri, string RevocationEndpoint) : IAnswer<MetadataResponse>
{
    public static MetadataResponse Example { get; } =
        new("https://accounts.example.com", "https://accounts.example.com/.well-known/jwks.json", "https://accounts.example.com/api/auth/token/revoke/");

    public string[] IdTokenSigningAlgValuesSupported => [AccessTokenProfile.Algorithm];

    public string[] SubjectTypesSupported => ["public"];

    public string[] ResponseTypesSupported => [];

    public string[] CodeChallengeMethodsSupported => ["S256"];

    public string[] RevocationEndpointAuthMethodsSupported => ["none"];

    /// <summary>Where programs get tokens; absent, as are the following, where no client is listed.</summary>
    public string? TokenEndpoint { get; init; }

    public string[]? TokenEndpointAuthMethodsSupported { get; init; }

    public string[]? GrantTypesSupported { get; init; }

    /// <summary>Where services ask about tokens; absent, as is the following, where none is listed.</summary>
    public string? IntrospectionEndpoint { get; init; }

    public string[]? IntrospectionEndpointAuthMethodsSupported { get; init; }

    internal MetadataResponse WithIntrospection(string endpoint) =>
        this with { IntrospectionEndpoint = endpoint, IntrospectionEndpointAuthMethodsSupported = ["client_secret_basic"] };

    internal MetadataResponse WithTokens(string endpoint) =>
        this with { TokenEndpoint = endpoint, TokenEndpointAuthMethodsSupported = ["client_secret_basic"], GrantTypesSupported = ["client_credentials"] };
}
