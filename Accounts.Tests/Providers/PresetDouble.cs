using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Providers;

/// <summary>
/// Microsoft, GitLab, Discord, Apple and a company's own issuer, each as its documents say: Microsoft names <c>{tenantid}</c> where many
/// tenants are let in, Discord has a profile and no ID token, Apple wants a secret that it can verify and posts its answer.
/// </summary>
public sealed class PresetDouble : IAsyncDisposable
{
    public const string ClientId = "client-of-the-tests", ClientSecret = "a secret between the tests and the double";
    public const string TeamId = "TEAM123456", KeyId = "KEY1234567";

    private static readonly RSAParameters FirstKey = ProviderSigningKey.RsaNumbers();

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (JsonObject Person, string Challenge, string RedirectUri, string? Nonce)> codes = new();
    private readonly ConcurrentDictionary<string, JsonObject> tokens = new();
    private readonly ECDsa apples = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private PresetDouble(WebApplication app, int port)
    {
        (this.app, Address) = (app, $"http://localhost:{port}");
        AuthorizationEndpoint = _ => $"{Address}/authorize";
    }

    public string Address { get; }

    /// <summary>Where its documents send browsers, by the name that the provider has in our paths.</summary>
    public Func<string, string> AuthorizationEndpoint { get; set; }

    public ProviderSigningKey Key { get; } = ProviderSigningKey.Rsa("key-1", FirstKey);

    public (string, string)[] Settings =>
    [
        .. Of("Microsoft"), ("Accounts:Social:Microsoft:Authority", Address), .. Of("GitLab"), ("Accounts:Social:GitLab:Issuer", $"{Address}/gitlab"),
        .. Of("Discord"), ("Accounts:Social:Discord:AuthorizationUrl", $"{Address}/authorize"), ("Accounts:Social:Discord:TokenUrl", $"{Address}/token"),
        ("Accounts:Social:Discord:UserInfoUrl", $"{Address}/users/@me"),
        .. Of("Oidc:Company"), ("Accounts:Social:Oidc:Company:Issuer", $"{Address}/company"), ("Accounts:Social:Oidc:Company:Audiences", "their-app, its-other-app"),
        .. Of("Oidc:Other"), ("Accounts:Social:Oidc:Other:Issuer", $"{Address}/other"), ("Accounts:Social:Oidc:Other:Name", "The others"),
        ("Accounts:Social:Apple:ClientId", ClientId), ("Accounts:Social:Apple:TeamId", TeamId), ("Accounts:Social:Apple:KeyId", KeyId),
        ("Accounts:Social:Apple:PrivateKey", apples.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n")), ("Accounts:Social:Apple:Issuer", $"{Address}/apple"),
    ];

    private static (string, string)[] Of(string section) =>
        [($"Accounts:Social:{section}:ClientId", ClientId), ($"Accounts:Social:{section}:ClientSecret", ClientSecret)];

    public static async Task<PresetDouble> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var started = new PresetDouble(builder.Build(), port);
        started.Map();
        await started.app.StartAsync();
        return started;
    }

    private void Map()
    {
        foreach (var issuer in new[] { "gitlab", "company", "other", "apple" })
        {
            app.MapGet($"/{issuer}/.well-known/openid-configuration", () => Describe($"{Address}/{issuer}", issuer));
        }
        app.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", (string tenant) =>
            Describe($"{Address}/{(tenant is "common" or "organizations" ? "{tenantid}" : tenant)}/v2.0", "microsoft", $"{Address}/oidc/userinfo"));
        // Microsoft Graph refuses whoever an administrator has not let read profiles.
        app.MapGet("/oidc/userinfo", () => Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapGet("/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray(Key.Jwk()) }.ToJsonString(), "application/json"));
        app.MapPost("/token", TokenAsync);
        app.MapGet("/users/@me", (HttpRequest request) => tokens.TryGetValue(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var person)
            ? Results.Text(person.ToJsonString(), "application/json")
            : Results.Unauthorized());
    }

    private IResult Describe(string issuer, string name, string? userInfo = null) => Results.Text(new JsonObject
    {
        ["issuer"] = issuer, ["authorization_endpoint"] = AuthorizationEndpoint(name), ["token_endpoint"] = $"{Address}/token", ["jwks_uri"] = $"{Address}/keys", ["userinfo_endpoint"] = userInfo,
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
    }.ToJsonString(), "application/json");

    /// <summary>The person agrees to what the address asks for: what the browser comes back with.</summary>
    /// <param name="address">that the server sent the browser to</param>
    /// <param name="person">the claims of the ID token, or Discord's profile</param>
    public (string Code, string State) Authorize(string address, JsonObject person)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
        {
            throw new InvalidOperationException($"No provider would accept {address}");
        }
        var code = Guid.NewGuid().ToString("N");
        codes[code] = (person, query["code_challenge"]!, query["redirect_uri"]!, query["nonce"]);
        return (code, query["state"]!);
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != ClientId || !(form["client_secret"] == ClientSecret || IsApples(form["client_secret"]!)))
        {
            return Results.Text("""{"error":"invalid_client"}""", "application/json", statusCode: 400);
        }
        if (!codes.TryRemove(form["code"].ToString(), out var grant) || grant.RedirectUri != form["redirect_uri"]
            || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
        {
            return Results.Text("""{"error":"invalid_grant"}""", "application/json", statusCode: 400);
        }
        var token = Guid.NewGuid().ToString("N");
        tokens[token] = grant.Person;
        return Results.Text(new JsonObject
        {
            ["access_token"] = token, ["token_type"] = "Bearer", ["id_token"] = grant.Person.ContainsKey("iss") ? IdToken(grant.Person, grant.Nonce) : null,
        }.ToJsonString(), "application/json");
    }

    public string IdToken(JsonObject person, string? nonce, string audience = ClientId)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["aud"] = audience, ["exp"] = now + 300, ["iat"] = now, ["nonce"] = nonce };
        foreach (var (name, value) in person)
        {
            claims[name] = value?.DeepClone();
        }
        return Key.Sign(claims, "RS256");
    }

    /// <summary>Apple's <i>Creating a client secret</i>: ES256 under the key's id, of the team, for Apple, on the client's behalf, for half a year at most.</summary>
    private bool IsApples(string secret)
    {
        if (secret.Split('.') is not [var header, var payload, var signature])
        {
            return false;
        }
        var (head, claims) = (Read(header), Read(payload));
        var (issued, end) = ((long)claims["iat"]!, (long)claims["exp"]!);
        return (string?)head["alg"] == "ES256" && (string?)head["kid"] == KeyId && (string?)claims["iss"] == TeamId && (string?)claims["sub"] == ClientId
            && (string?)claims["aud"] == $"{Address}/apple" && issued <= DateTimeOffset.UtcNow.ToUnixTimeSeconds() && end - issued <= 15_777_000
            && apples.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
    }

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        apples.Dispose();
        Key.Dispose();
    }
}
