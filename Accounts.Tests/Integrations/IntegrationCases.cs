using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.Admin;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Sessions;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Accounts.Tests.Tokens;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>What is shown at a route of a service, and what it must answer.</summary>
/// <param name="What">is shown</param>
/// <param name="Authorization">the header</param>
/// <param name="Path">of the route</param>
/// <param name="Status">200, or that of the refusal</param>
/// <param name="Code">of a refusal</param>
/// <param name="Reason">of a token that is not valid</param>
/// <param name="Asked">the parameters of the challenge behind the realm</param>
internal sealed record IntegrationCase(string What, string? Authorization, string Path, int Status, string? Code = null, string? Reason = null, string? Asked = null)
{
    private const string Realm = "Bearer realm=\"api\"";

    /// <summary>How long it may take until the answer is so.</summary>
    public TimeSpan Within { get; init; }

    public string? Challenge => Status == 401 ? Realm + Asked : null;
}

/// <summary>The one table that every integration has to pass.</summary>
internal sealed class IntegrationCases(TestServer server, string jku)
{
    private const string StepUp = ", error=\"insufficient_user_authentication\"", InFiveMinutes = ", max_age=\"300\"", ByTwo = ", acr_values=\"aal2\"";

    private static readonly Encoding Utf8 = Encoding.UTF8;

    public static async Task<List<IntegrationCase>> AllAsync(TestServer server, TestServer foreign, string jku)
    {
        var cases = new IntegrationCases(server, jku);
        using var client = server.Client();
        await server.SignInHolderAsync(client);
        var token = (await client.RefreshAsync()).Access;
        return
        [
            .. cases.OfNobody(token), .. cases.Forged(Forge.For(server, token)), .. Claimed(Forge.For(server, token)), .. await cases.OthersAsync(client, foreign),
            .. ByRole(Forge.For(server, token)), .. await cases.ByProofAsync(), .. await cases.OfProgramsAsync(token), .. await cases.LiveAsync(),
        ];
    }

    private static IntegrationCase Good(string what, string token, string path = "/whoami") => new(what, $"Bearer {token}", path, 200);

    private static IntegrationCase Invalid(string what, string token, string reason = "invalid", string path = "/whoami") =>
        new(what, $"Bearer {token}", path, 401, "token_not_valid", reason);

    private static IntegrationCase Denied(string what, string token, string path) => new(what, $"Bearer {token}", path, 403, "permission_denied");

    private IEnumerable<IntegrationCase> OfNobody(string token) =>
    [
        new("nothing", null, "/whoami", 401, "not_authenticated"), new("another scheme", "Basic YTpi", "/whoami", 401, "not_authenticated"),
        new("nothing where a role is asked for", null, "/editors", 401, "not_authenticated"), new("nothing where a proof is asked for", null, "/payouts", 401, "not_authenticated"),
        new("a token without its scheme", token, "/whoami", 401, "not_authenticated"),
        Good("a good token", token), new("the scheme in small letters", $"bearer {token}", "/whoami", 200), Invalid("two tokens", $"{token} {token}"),
        Invalid("garbage", "garbage"), Invalid("dots", "..."), Invalid("a personal token", "acc_pat_0000000000000000000000000000000000000000000000"),
        Invalid("a header nested deeply", $"{Forge.Encode(Utf8.GetBytes(new string('[', 3000)))}.e30.AA"),
        Invalid("a header that is no object", $"{Forge.Encode("[]"u8.ToArray())}.e30.AA"), Invalid("garbage where a proof is asked for", "garbage", path: "/payouts"),
    ];

    private IEnumerable<IntegrationCase> Forged(Forge forge)
    {
        var publicKey = forge.PrivateKey();
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var admin = forge.WithClaim("roles", new JsonArray("editor")).Split('.')[1];
        string Hmac(byte[] key) => forge.WithHeader(header => header["alg"] = "HS256", bytes => HMACSHA256.HashData(key, bytes));
        string ByOwn(Action<JsonObject> change) => forge.WithHeader(change, bytes => own.SignData(bytes, HashAlgorithmName.SHA256));
        var point = own.ExportParameters(includePrivateParameters: false).Q;
        JsonObject Jwk() => new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Forge.Encode(point.X!), ["y"] = Forge.Encode(point.Y!), ["kid"] = forge.Key.Id };
        return
        [
            Invalid("changed claims under the old signature", $"{forge.Header}.{admin}.{Forge.Encode(forge.Signature)}", path: "/editors"), Invalid("a signature of zeros", forge.WithSignature(new byte[64])),
            Invalid("no signature", $"{forge.Signed}."), Invalid("a signature cut short", forge.WithSignature(forge.Signature[..63])),
            Invalid("unsigned", forge.WithHeader(header => header["alg"] = "none", _ => [])), Invalid("unsigned, spelled otherwise", forge.WithHeader(header => header["alg"] = "nOnE", _ => [])),
            Invalid("HMAC under the public key", Hmac(publicKey.ExportSubjectPublicKeyInfo())), Invalid("HMAC under the public key as PEM", Hmac(Utf8.GetBytes(publicKey.ExportSubjectPublicKeyInfoPem()))),
            Invalid("HMAC under nothing", Hmac([])), Invalid("another algorithm of the same kind", forge.WithHeader(header => header["alg"] = "ES384")), Invalid("no algorithm", forge.WithHeader(header => header.Remove("alg"))),
            Invalid("another's key under our key's name", ByOwn(_ => { })), Invalid("a key that it brings along", ByOwn(header => header["jwk"] = Jwk())),
            Invalid("a key that lies elsewhere", ByOwn(header => (header["jku"], header["x5u"]) = (jku, jku))), Invalid("a key that lies elsewhere, under another name", ByOwn(header => (header["jku"], header["kid"]) = (jku, "another"))),
            Invalid("an unknown key", forge.WithHeader(header => header["kid"] = "another")), Invalid("no key's name", forge.WithHeader(header => header.Remove("kid"))),
            Invalid("a key's name that is none", forge.WithHeader(header => header["kid"] = new JsonArray(forge.Key.Id))), Invalid("a key's name that is a path", forge.WithHeader(header => header["kid"] = "../../etc/passwd")),
            Invalid("what must be understood and is not", forge.WithHeader(header => (header["crit"], header["exp"]) = (new JsonArray("exp"), 1))),
            Invalid("an ID token", forge.WithHeader(header => header["typ"] = "JWT")), Invalid("no type", forge.WithHeader(header => header.Remove("typ"))), Invalid("a logout token", forge.WithHeader(header => header["typ"] = "logout+jwt")),
        ];
    }

    private static IEnumerable<IntegrationCase> Claimed(Forge forge)
    {
        long In(int seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds();
        return
        [
            Invalid("another audience", forge.WithClaim("aud", "https://another.example.test")), Invalid("no audience", forge.WithoutClaim("aud")),
            Invalid("another issuer", forge.WithClaim("iss", "https://another.example.test")), Invalid("our issuer with a slash", forge.WithClaim("iss", $"{(string)Forge.Read(forge.Payload)["iss"]!}/")), Invalid("no issuer", forge.WithoutClaim("iss")),
            Invalid("expired", forge.WithClaim("exp", In(-33)), "expired"), Good("expired just now, for a clock that is off", forge.WithClaim("exp", In(-3))), Invalid("no end", forge.WithoutClaim("exp")), Invalid("no beginning", forge.WithoutClaim("iat")),
            Invalid("no user", forge.WithoutClaim("sub")), Invalid("another user beside", forge.WithClaim("user_id", "019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d10")), Invalid("no user's token", forge.WithoutClaim("user_id")),
            Invalid("a refresh token of somebody else's making", forge.WithClaim("token_type", "refresh")), Invalid("no kind of token", forge.WithoutClaim("token_type")),
        ];
    }

    private async Task<List<IntegrationCase>> OthersAsync(ApiClient client, TestServer foreign)
    {
        using var stranger = foreign.Client();
        await stranger.SignInSomebodyAsync();
        Assert.Equal(200, (await stranger.MeAsync()).Status);
        return [Invalid("a token of another server", stranger.Access!), Invalid("the refresh token", client.RefreshCookie!), Invalid("a personal token that is good", (await client.MakeTokenAsync()).Token)];
    }

    private static IEnumerable<IntegrationCase> ByRole(Forge forge)
    {
        string As(params string[] roles) => forge.WithClaim("roles", new JsonArray([.. roles.Select(role => JsonValue.Create(role))]));
        return
        [
            Good("the role", As("auditor", "editor"), "/editors"), Denied("no role", As(), "/editors"), Denied("another role", As("auditor"), "/editors"), Denied("a longer role", As("editors"), "/editors"), Denied("the role in capitals", As("EDITOR"), "/editors"),
            Good("one of two roles", As("editor"), "/either"), Denied("none of two roles", As("auditor"), "/either"), Denied("a role in the user's own words", forge.WithClaims(claims => (claims["roles"], claims["profile"]) = (new JsonArray(), new JsonObject { ["roles"] = new JsonArray("editor") })), "/editors"),
        ];
    }

    private async Task<List<IntegrationCase>> ByProofAsync()
    {
        using var client = server.Client();
        await server.SignInHolderAsync(client);
        var enrolled = await client.EnrolAsync();
        // The one of before is over where ends are followed: a factor is new.
        var one = client.Access = (await client.RefreshAsync()).Access;
        await client.ProveAgainAsync(enrolled.RecoveryCodes[0]);
        var two = client.Access!;
        string Old(string token, int minutes) => Forge.For(server, token).WithClaim("auth_time", DateTimeOffset.UtcNow.AddMinutes(-minutes).ToUnixTimeSeconds());
        IntegrationCase Asked(string what, string token, string path, string asked) => new(what, $"Bearer {token}", path, 401, "reauthentication_required", Asked: StepUp + asked);
        return
        [
            Good("by two, now", two, "/payouts"), Good("by two", Old(two, 60), "/strong"), Good("by one, now", one, "/fresh"), Good("by two four minutes ago", Old(two, 4), "/payouts"),
            Asked("by one, where two are asked for", one, "/payouts", InFiveMinutes + ByTwo), Asked("by one", one, "/strong", ByTwo), Asked("by two six minutes ago", Old(two, 6), "/payouts", InFiveMinutes + ByTwo),
            Asked("by one six minutes ago", Old(one, 6), "/fresh", InFiveMinutes), Asked("never", Forge.For(server, two).WithClaim("auth_time", 0), "/payouts", InFiveMinutes + ByTwo), Asked("no level", Forge.For(server, two).WithoutClaim("acr"), "/strong", ByTwo),
            Asked("a level that there is not", Forge.For(server, two).WithClaim("acr", "aal3"), "/strong", ByTwo), Denied("by two, without the role", Forge.For(server, two).WithClaim("roles", new JsonArray()), "/editors"),
        ];
    }

    private async Task<List<IntegrationCase>> OfProgramsAsync(string user)
    {
        using var program = server.Client();
        var machine = await program.MachineTokenAsync();
        return
        [
            Denied("a program", machine, "/whoami"), Denied("a program where a role is asked for", machine, "/editors"), Denied("a program with a user's role", Forge.For(server, machine).WithClaim("roles", new JsonArray("editor")), "/editors"),
            Denied("a program where a session is asked for", machine, "/transfers"), Good("a program where programs may", machine, "/jobs"), Good("a user where programs may, too", user, "/jobs"), Good("a program with the role", machine, "/invoices"), Good("a program that is known", machine, "/live-jobs"),
            Denied("a program without the role", Forge.For(server, machine).WithClaim("roles", new JsonArray("reports")), "/invoices"), Denied("a program, where a proof is asked for", machine, "/signed-jobs"),
            Invalid("a program that is no more", Forge.For(server, machine).WithClaims(claims => (claims["sub"], claims["client_id"]) = ("client:former", "former")), "revoked", "/live-jobs"),
        ];
    }

    /// <summary>A service that asks learns at once, and one that follows what ends within 5 seconds, without asking.</summary>
    private async Task<List<IntegrationCase>> LiveAsync()
    {
        using var client = server.Client();
        var person = await server.SignInHolderAsync(client);
        var ended = client.Access!;
        Assert.Equal(200, (await client.LogoutAsync()).Status);
        await client.SignInAsync(person);
        var forge = Forge.For(server, client.Access!);
        return
        [
            Told("signed out, unasked", ended), Told("signed out everywhere, unasked", await EverywhereAsync()), Told("without a role that it names, unasked", await UnmadeAsync()), Invalid("signed out", ended, "revoked", "/transfers"), Invalid("signed out, where a role is asked for", ended, "revoked", "/audits"), Good("signed in", client.Access!, "/transfers"), Good("signed in with the role", client.Access!, "/audits"),
            Good("signed in before the role was given", forge.WithClaim("roles", new JsonArray()), "/audits"), Denied("no role at this moment", await WithoutRolesAsync(), "/audits"), Invalid("expired, where Accounts is asked", forge.WithClaim("exp", 1), "expired", "/transfers"),
        ];
    }

    private static IntegrationCase Told(string what, string token) => Invalid(what, token, "revoked") with { Within = TimeSpan.FromSeconds(5) };

    private async Task<string> EverywhereAsync()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.LogoutAllAsync(keepCurrent: false)).Status);
        return client.Access!;
    }

    private async Task<string> UnmadeAsync()
    {
        using var admin = server.Client();
        using var client = server.Client();
        await server.SignInAdministratorAsync(admin);
        var person = await server.SignInHolderAsync(client);
        var token = (await client.RefreshAsync()).Access;
        Assert.Equal(200, (await admin.PutRolesAsync(await server.Database.AddressAsync(person), "auditor")).Status);
        return token;
    }

    private async Task<string> WithoutRolesAsync()
    {
        using var client = server.Client();
        await server.SignInHolderAsync(client, "{}");
        return Forge.For(server, client.Access!).WithClaim("roles", new JsonArray("auditor"));
    }
}
