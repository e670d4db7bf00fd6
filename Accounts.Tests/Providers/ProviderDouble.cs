using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Providers;

/// <summary>
/// Stands in for all providers: insists on PKCE (but LinkedIn's and Facebook's, which refuse it), on the client's secret and on the redirect address,
/// redeems a code once, and fails in whatever way a test asks for.
/// </summary>
public sealed class ProviderDouble : IAsyncDisposable
{
    public const string ClientId = "client-of-the-tests";
    public const string ClientSecret = "a secret between the tests and the double";
    public const string Discovery = "/oidc/.well-known/openid-configuration";
    public const string Issuer = "https://google.example.test";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly RSAParameters FirstKey = ProviderSigningKey.RsaNumbers();

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Grant> codes = new();
    private readonly ConcurrentDictionary<string, Identity> tokens = new();
    private ProviderSigningKey key = ProviderSigningKey.Rsa("key-1", FirstKey, publishedFor: "RS256");

    private ProviderDouble(WebApplication app, int port) => (this.app, Address) = (app, new Uri($"http://localhost:{port}"));

    public Uri Address { get; }

    public string OidcIssuer => $"{Address}oidc";

    /// <summary>Published as well as the one that signs, by their ids: one of each kind for whatever it can do, one for RS256 alone, and one that is too short.</summary>
    public static IReadOnlyDictionary<string, ProviderSigningKey> OtherKeys { get; } = new Dictionary<string, ProviderSigningKey>
    {
        ["rsa"] = ProviderSigningKey.Rsa("rsa"), ["RS256 alone"] = ProviderSigningKey.Rsa("RS256 alone", publishedFor: "RS256"),
        ["short"] = ProviderSigningKey.Rsa("short", bits: 2040),
        ["P-256"] = ProviderSigningKey.Curve(ECCurve.NamedCurves.nistP256, "P-256"), ["P-384"] = ProviderSigningKey.Curve(ECCurve.NamedCurves.nistP384, "P-384"),
        ["P-521"] = ProviderSigningKey.Curve(ECCurve.NamedCurves.nistP521, "P-521"),
    };

    /// <summary>Published beside those, and no reason to be without them.</summary>
    private static readonly string[] BrokenKeys =
    [
        "1", "{}", """{"kty":"oct","k":"AAAA","kid":"secret"}""", """{"kty":"EC","crv":"P-256","kid":"off the curve","x":"AQAB","y":"AQAB"}""",
        """{"kty":"EC","crv":"P-256","kid":"without y","x":5}""", $$"""{"kty":"RSA","kid":"without e","n":"{{new string('_', 400)}}","e":["AQAB"],"x5c":5,"key_ops":1}""",
    ];

    /// <summary>What a path answers instead of what it should.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Faults { get; } = new();

    /// <summary>How often each path was asked.</summary>
    public ConcurrentDictionary<string, int> Requests { get; } = new();

    /// <summary>The client's secrets that count.</summary>
    public ConcurrentDictionary<string, bool> Secrets { get; } = new() { [ClientSecret] = true };

    /// <summary>Where the secret must stand, <c>basic</c> or <c>body</c>; either where null.</summary>
    public string? SecretOnlyIn { get; set; }

    /// <summary>Where the secret stood, each time.</summary>
    public ConcurrentQueue<string> SecretsIn { get; } = new();

    /// <summary>What every JSON answer calls itself.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Makes userinfo a JWT.</summary>
    public Func<JsonObject, string>? SignUserInfo { get; set; }

    /// <summary>As it was before a test had it fail: it is shared by the tests of a class.</summary>
    public void Mend()
    {
        Faults.Clear();
        Requests.Clear();
        SignUserInfo = null;
    }

    public string? LastAccessToken { get; private set; }

    public int Exchanges => Requests.GetValueOrDefault("/token");

    public (string, string)[] Settings =>
    [
        ("Accounts:Social:Google:ClientId", ClientId), ("Accounts:Social:Google:ClientSecret", ClientSecret),
        ("Accounts:Social:Google:AuthorizationUrl", $"{Address}authorize"), ("Accounts:Social:Google:TokenUrl", $"{Address}token"),
        ("Accounts:Social:Google:UserInfoUrl", $"{Address}userinfo"), ("Accounts:Social:Google:KeysUrl", $"{Address}keys"),
        ("Accounts:Social:Google:Issuer", Issuer),
        ("Accounts:Social:GitHub:ClientId", ClientId), ("Accounts:Social:GitHub:ClientSecret", ClientSecret),
        ("Accounts:Social:GitHub:AuthorizationUrl", $"{Address}authorize"), ("Accounts:Social:GitHub:TokenUrl", $"{Address}token"),
        ("Accounts:Social:GitHub:UserInfoUrl", $"{Address}user"), ("Accounts:Social:GitHub:EmailsUrl", $"{Address}user/emails"),
        ("Accounts:Social:Facebook:ClientId", ClientId), ("Accounts:Social:Facebook:ClientSecret", ClientSecret),
        ("Accounts:Social:Facebook:AuthorizationUrl", $"{Address}authorize"), ("Accounts:Social:Facebook:TokenUrl", $"{Address}token"),
        ("Accounts:Social:Facebook:UserInfoUrl", $"{Address}me?fields=id,name,email"),
        ("Accounts:Social:LinkedIn:ClientId", ClientId), ("Accounts:Social:LinkedIn:ClientSecret", ClientSecret),
        ("Accounts:Social:LinkedIn:AuthorizationUrl", $"{Address}authorize"), ("Accounts:Social:LinkedIn:TokenUrl", $"{Address}token"),
        ("Accounts:Social:LinkedIn:UserInfoUrl", $"{Address}userinfo"),
        ("Accounts:Social:Oidc:Oidc:ClientId", ClientId), ("Accounts:Social:Oidc:Oidc:ClientSecret", ClientSecret),
        ("Accounts:Social:Oidc:Oidc:Issuer", OidcIssuer), ("Accounts:Social:Oidc:Oidc:Name", "Our company"),
    ];

    public static async Task<ProviderDouble> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var started = new ProviderDouble(builder.Build(), port);
        started.DiscoveryDocument = started.Described();
        started.Map();
        await started.app.StartAsync();
        return started;
    }

    private void Map()
    {
        app.Use((context, next) =>
        {
            Requests.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1);
            return Faults.TryGetValue(context.Request.Path, out var fault) ? fault(context) : next();
        });
        app.MapPost("/token", Token);
        app.MapGet("/authorize", () => Results.Redirect("/signin/identifier"));
        app.MapGet("/userinfo", context => Say(context, identity => identity.UserInfo ?? identity.Claims));
        app.MapGet(Discovery, () => Json(DiscoveryDocument));
        app.MapGet("/me", context => Say(context, identity => IsProven(context.Request) ? identity.User : []));
        app.MapGet("/user", context => Say(context, identity => identity.User));
        app.MapGet("/user/emails", context => Say(context, identity => identity.Emails));
        app.MapGet("/keys", () => Json(new JsonObject { ["keys"] = new JsonArray([key.Jwk(), .. OtherKeys.Values.Select(other => other.Jwk()), .. BrokenKeys.Select(one => JsonNode.Parse(one))]) }));
    }

    /// <summary>To the letter under any name: the framework would write in the charset that is named.</summary>
    private IResult Json(JsonNode body, int status = 200) => new RawAnswer(body.ToJsonString(Plain), ContentType, status);

    /// <summary>As the issuer publishes it.</summary>
    public JsonObject DiscoveryDocument { get; private set; } = [];

    private JsonObject Described() => new()
    {
        ["issuer"] = OidcIssuer, ["authorization_endpoint"] = $"{Address}authorize", ["token_endpoint"] = $"{Address}token",
        ["userinfo_endpoint"] = $"{Address}userinfo", ["jwks_uri"] = $"{Address}keys",
    };

    /// <summary>What the person's browser comes back with when they agree to what the address asks for.</summary>
    public (string Code, string State) Authorize(string address, Identity identity)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        var proven = identity.TakesPkce ? query["code_challenge_method"] == "S256" && query["code_challenge"].ToString().Length == 43 : !query.ContainsKey("code_challenge");
        if (query["client_id"] != ClientId || query["response_type"] != "code" || !proven)
        {
            throw new InvalidOperationException($"No provider would accept {address}");
        }
        return (Issue(identity, query.GetValueOrDefault("code_challenge").ToString(), query["redirect_uri"]!, query["nonce"], asksAge: query.ContainsKey("max_age")), query["state"]!);
    }

    public string Issue(Identity identity, string challenge, string redirectUri, string? nonce = null, string? code = null, bool asksAge = false)
    {
        code ??= Guid.NewGuid().ToString("N");
        codes[code] = new Grant(identity, challenge, redirectUri, nonce, asksAge);
        return code;
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!IsOurs(request, form))
        {
            return Json(new JsonObject { ["error"] = "invalid_client", ["error_description"] = "client authentication\nfailed" }, 401);
        }
        if (!codes.TryRemove(form["code"].ToString(), out var grant) || !Fits(grant, form["code_verifier"]) || grant.RedirectUri != form["redirect_uri"] || form["grant_type"] != "authorization_code")
        {
            return Json(new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "<script>provider's words</script>" }, 400);
        }
        var token = Guid.NewGuid().ToString("N");
        tokens[token] = grant.Identity;
        LastAccessToken = token;
        return Json(new JsonObject
        {
            ["token_type"] = "Bearer", ["access_token"] = grant.Identity.GetsAccessToken ? token : null,
            ["id_token"] = grant.Identity.Claims.Count > 0 && grant.Identity.TakesPkce ? IdToken(grant) : null,
        });
    }

    /// <summary>RFC 6749 section 2.3.1: in one of two places, in the header form-encoded before Base64.</summary>
    private bool IsOurs(HttpRequest request, IFormCollection form)
    {
        var header = request.Headers.Authorization.ToString();
        var (place, id, secret) = ("body", form["client_id"].ToString(), form["client_secret"].ToString());
        if (header.StartsWith("Basic ", StringComparison.Ordinal) && secret.Length == 0)
        {
            var parts = Encoding.ASCII.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':');
            (place, id, secret) = ("basic", WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts[1]));
        }
        SecretsIn.Enqueue(place);
        return id == ClientId && Secrets.ContainsKey(secret) && (SecretOnlyIn ?? place) == place;
    }

    private static bool Fits(Grant grant, string? verifier) => grant.Identity.TakesPkce
        ? grant.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")))
        : verifier is null;

    /// <summary>Facebook's <c>appsecret_proof</c>, and the members that were asked for.</summary>
    private bool IsProven(HttpRequest request) => request.Query["fields"] == "id,name,email" && request.Query["appsecret_proof"]
        == Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), Encoding.UTF8.GetBytes(LastAccessToken!)));

    private string? IdToken(Grant grant)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = grant.Identity.Provider == "oidc" ? OidcIssuer : Issuer, ["aud"] = ClientId, ["exp"] = now + 300, ["iat"] = now, ["nonce"] = grant.Nonce };
        grant.Identity.Tell(claims, grant.AsksAge);
        return grant.Identity.IdToken(claims, all => Sign(all, "RS256"));
    }

    public string Sign(JsonObject claims, string algorithm) => key.Sign(claims, algorithm);

    /// <summary>The next key; the one before is good no more.</summary>
    public void RotateKey(string? name = null) => key = ProviderSigningKey.Rsa(name ?? $"key-{Guid.NewGuid():N}", publishedFor: "RS256");

    private async Task Say(HttpContext context, Func<Identity, JsonNode> what)
    {
        var known = tokens.TryGetValue(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var identity);
        context.Response.StatusCode = known ? 200 : 401;
        var said = known ? what(identity!) : new JsonObject();
        var signed = context.Request.Path == "/userinfo" && said is JsonObject claims ? SignUserInfo?.Invoke(claims) : null;
        context.Response.ContentType = signed is null ? ContentType : "application/jwt";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(signed ?? said.ToJsonString(Plain)));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        key.Dispose();
    }

    private sealed record Grant(Identity Identity, string Challenge, string RedirectUri, string? Nonce, bool AsksAge);
}
