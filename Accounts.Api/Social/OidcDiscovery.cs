using System.Text.Json;

namespace Accounts.Api.Social;

/// <summary>What an issuer publishes of itself.</summary>
/// <param name="UserInfo">empty where there is none, and ID tokens say it all</param>
public sealed record OidcEndpoints(string Authorization, string Token, string UserInfo, string Keys);

/// <summary>Reads an issuer's discovery document (OpenID Connect Discovery section 4), which must name that very issuer.</summary>
public sealed class OidcDiscovery(ProviderHttp connection, IHostEnvironment environment, TimeProvider time) : IDisposable
{
    private readonly PublishedDocuments<OidcEndpoints> documents = new(connection, time);

    /// <exception cref="Core.Failures.UnavailableException">it has never been read, and cannot be now, or is not as it should be</exception>
    public Task<OidcEndpoints> FindAsync(string issuer, CancellationToken cancellation) =>
        documents.FindAsync($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", document => Read(document, issuer), _ => true, cancellation);

    /// <summary>Null where anything is missing, or it speaks for somebody else.</summary>
    private OidcEndpoints? Read(JsonElement document, string issuer) =>
        document.Text("issuer") == issuer
        && Endpoint(document, "authorization_endpoint") is { } authorization && Endpoint(document, "token_endpoint") is { } token && Endpoint(document, "jwks_uri") is { } keys
            ? new OidcEndpoints(authorization, token, Endpoint(document, "userinfo_endpoint") ?? "", keys)
            : null;

    private string? Endpoint(JsonElement document, string name) =>
        document.Text(name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && ProviderHttp.IsSafe(uri, environment) ? text : null;

    public void Dispose() => documents.Dispose();
}
