using System.Text.Json;

namespace Accounts.Api.Providers.OpenId;

/// <summary>What an issuer publishes of itself.</summary>
/// <param name="Issuer">as it names itself</param>
/// <param name="UserInfo">empty where there is none, and ID tokens say it all</param>
/// <param name="ClientAuthentication">how it takes our secret</param>
public sealed record OidcEndpoints(string Issuer, string Authorization, string Token, string UserInfo, string Keys, ClientAuthentication ClientAuthentication);

/// <summary>Reads an issuer's discovery document (OpenID Connect Discovery section 4), which must name that very issuer.</summary>
public sealed class OidcDiscovery(ProviderHttp connection, IHostEnvironment environment, TimeProvider time, ILogger<OidcDiscovery> log) : IDisposable
{
    private readonly PublishedDocuments<OidcEndpoints> documents = new(time, log);

    /// <summary>Null where it has never answered; it is being asked then.</summary>
    public OidcEndpoints? Known(SocialProvider provider) => documents.Known(connection.Published, Document(provider.Issuer), document => Read(document, provider));

    /// <exception cref="Core.Failures.UnavailableException">it has never been read, and cannot be now, or is not as it should be</exception>
    public Task<OidcEndpoints> FindAsync(SocialProvider provider, CancellationToken cancellation) =>
        documents.FindAsync(connection.Published, Document(provider.Issuer), document => Read(document, provider), _ => true, cancellation);

    private static string Document(string issuer) => $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";

    /// <summary>Null where anything is missing, or it speaks for somebody else.</summary>
    private OidcEndpoints? Read(JsonElement document, SocialProvider provider) =>
        document.Text("issuer") is { } issuer && (provider.HasTenants ? TenantIssuer.IsPublished(issuer, provider.Issuer) : issuer == provider.Issuer)
        && Endpoint(document, "authorization_endpoint") is { } authorization && Endpoint(document, "token_endpoint") is { } token && Endpoint(document, "jwks_uri") is { } keys
            ? new OidcEndpoints(issuer, authorization, token, Endpoint(document, "userinfo_endpoint") ?? "", keys, Authentication(document))
            : null;

    private string? Endpoint(JsonElement document, string name) =>
        document.Text(name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && ProviderHttp.IsSafe(uri, environment) ? text : null;

    /// <summary>Where it names no way, Basic is meant.</summary>
    private static ClientAuthentication Authentication(JsonElement document)
    {
        const string Methods = "token_endpoint_auth_methods_supported";
        if (!document.TryGetProperty(Methods, out var methods) || methods.ValueKind != JsonValueKind.Array)
        {
            return ClientAuthentication.Basic;
        }
        var names = methods.EnumerateArray().Where(method => method.ValueKind == JsonValueKind.String).Select(method => method.GetString()).ToArray();
        return (names.Contains("client_secret_basic"), names.Contains("client_secret_post")) switch
        {
            (true, true) => ClientAuthentication.Either,
            (false, true) => ClientAuthentication.Body,
            _ => ClientAuthentication.Basic,
        };
    }

    public void Dispose() => documents.Dispose();
}
