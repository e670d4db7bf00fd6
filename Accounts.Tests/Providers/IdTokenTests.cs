using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>What an ID token must prove before anybody is signed in, over HTTP from the provider's answer to ours.</summary>
public sealed class IdTokenTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Us = ProviderDouble.ClientId;

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Theory]
    [InlineData("RS256", "rsa"), InlineData("RS384", "rsa"), InlineData("RS512", "rsa")]
    [InlineData("PS256", "rsa"), InlineData("PS384", "rsa"), InlineData("PS512", "rsa")]
    [InlineData("ES256", "P-256"), InlineData("ES384", "P-384"), InlineData("ES512", "P-521")]
    public async Task SO_03_Every_algorithm_that_providers_sign_with_is_checked(string algorithm, string kid)
    {
        var key = ProviderDouble.OtherKeys[kid];
        await IsAcceptedAsync(algorithm, claims => key.Sign(claims, algorithm));
        await IsRefusedAsync(Identity.OfOidc(provider), $"{algorithm}, changed", (claims, _) => Tampered(key.Sign(claims, algorithm)));
        await IsRefusedAsync(Identity.OfOidc(provider), $"{algorithm}, unsigned", (claims, _) => key.Sign(claims, algorithm) is var token ? token[..(token.LastIndexOf('.') + 1)] : null);
    }

    /// <summary>What is unusual and right.</summary>
    public static TheoryData<string, Func<JsonObject, string>> Oddities => new()
    {
        { "exp with a fraction", claims => Good(Set(claims, "exp", Now + 300.5)) },
        { "exp with an exponent", claims => Good(Set(claims, "exp", JsonNode.Parse(FormattableString.Invariant($"{(Now + 300) / 1e9}e9")))) },
        { "exp in most of a year", claims => Good(Set(claims, "exp", Now + 364 * 86_400)) },
        { "exp a little while ago", claims => Good(Set(claims, "exp", Now - 30)) },
        { "iat and nbf in a little while", claims => Good(Set(Set(claims, "iat", Now + 30), "nbf", Now + 30.5)) },
        { "no kid, and one key that fits", claims => ProviderDouble.OtherKeys["P-384"].Sign("""{"alg":"ES384"}""", claims.ToJsonString(), "ES384") },
        { "several audiences, issued to us", claims => Good(Set(Set(claims, "aud", new JsonArray("another", Us)), "azp", Us)) },
        { "no typ", claims => ProviderDouble.OtherKeys["rsa"].Sign("""{"alg":"RS256","kid":"rsa"}""", claims.ToJsonString(), "RS256") },
    };

    [Theory, MemberData(nameof(Oddities), DisableDiscoveryEnumeration = true)]
    public Task SO_03_An_ID_token_that_is_unusual_and_right_signs_in(string oddity, Func<JsonObject, string> make) => IsAcceptedAsync(oddity, make);

    /// <summary>Each is one defect of an otherwise good ID token.</summary>
    public static TheoryData<string, Func<JsonObject, Func<JsonObject, string>, string?>> Defects => new()
    {
        { "iss", (claims, sign) => sign(Set(claims, "iss", "https://evil.example.test")) },
        { "aud", (claims, sign) => sign(Set(claims, "aud", "another-client")) },
        { "aud missing", (claims, sign) => sign(Drop(claims, "aud")) },
        { "aud of nobody", (claims, sign) => sign(Set(claims, "aud", new JsonArray())) },
        { "aud of others", (claims, sign) => sign(Set(claims, "aud", new JsonArray("another-client", "a-third"))) },
        { "aud an object", (claims, sign) => sign(Set(claims, "aud", new JsonObject { [Us] = Us })) },
        { "two audiences without azp", (claims, sign) => sign(Set(claims, "aud", new JsonArray(Us, "another-client"))) },
        { "azp", (claims, sign) => sign(Set(claims, "azp", "another-client")) },
        { "exp", (claims, sign) => sign(Set(claims, "exp", Now - 120)) },
        { "exp missing", (claims, sign) => sign(Drop(claims, "exp")) },
        { "exp null", (claims, sign) => sign(Set(claims, "exp", null)) },
        { "exp as text", (claims, sign) => sign(Set(claims, "exp", $"{Now + 300}")) },
        { "exp 1e12", (claims, sign) => sign(Set(claims, "exp", 1e12)) },
        { "exp in milliseconds", (claims, sign) => sign(Set(claims, "exp", (Now + 300) * 1000)) },
        { "exp in more than a year", (claims, sign) => sign(Set(claims, "exp", Now + 367 * 86_400)) },
        { "exp beyond all numbers", (claims, _) => Good(Replaced(claims, "exp", "1e999")) },
        { "iat to come", (claims, sign) => sign(Set(claims, "iat", Now + 120)) },
        { "iat as text", (claims, sign) => sign(Set(claims, "iat", $"{Now}")) },
        { "nbf to come", (claims, sign) => sign(Set(claims, "nbf", Now + 120)) },
        { "nbf as text", (claims, sign) => sign(Set(claims, "nbf", $"{Now}")) },
        { "nonce", (claims, sign) => sign(Set(claims, "nonce", "of another run")) },
        { "nonce missing", (claims, sign) => sign(Drop(claims, "nonce")) },
        { "iss twice", (claims, _) => Good(Twice(claims, "iss", "\"https://evil.example.test\"")) },
        { "aud twice, once in disguise", (claims, _) => Good(Twice(claims, "\\u0061ud", "\"another-client\"")) },
        { "exp twice", (claims, _) => Good(Twice(claims, "exp", $"{Now + 300}")) },
        { "claims no JSON", (_, _) => Good("garbage") },
        { "claims a list", (_, _) => Good("[]") },
        { "iss no text", (claims, _) => Good(Replaced(claims, "iss", "\"\\ud800\"")) },
        { "payload changed", (claims, sign) => Tampered(sign(claims)) },
        { "no token at all", (_, _) => null },
        { "not a token", (_, _) => "garbage" },
    };

    /// <summary>The same for its header and its signature.</summary>
    public static TheoryData<string, Func<JsonObject, Func<JsonObject, string>, string?>> Forgeries => new()
    {
        { "alg none", (claims, _) => $"{ProviderSigningKey.Encode("""{"alg":"none","kid":"rsa"}""")}.{ProviderSigningKey.Encode(claims.ToJsonString())}." },
        { "HMAC under a public key", (claims, _) => Hmac(claims) },
        { "alg missing", (claims, _) => Headed(claims, """{"kid":"rsa"}""") },
        { "alg in small letters", (claims, _) => Headed(claims, """{"alg":"rs256","kid":"rsa"}""") },
        { "alg no text", (claims, _) => Headed(claims, """{"alg":["RS256"],"kid":"rsa"}""") },
        { "alg twice", (claims, _) => Headed(claims, """{"alg":"RS256","alg":"RS256","kid":"rsa"}""") },
        { "kid twice", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"rsa","kid":"rsa"}""") },
        { "kid a number", (claims, _) => ProviderDouble.OtherKeys["P-384"].Sign("""{"alg":"ES384","kid":1}""", claims.ToJsonString(), "ES384") },
        { "kid no text", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"\ud800"}""") },
        { "unknown kid", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"unknown"}""") },
        { "no kid, and several keys that fit", (claims, _) => Headed(claims, """{"alg":"RS256"}""") },
        { "unknown crit", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"rsa","crit":["exp"],"exp":1}""") },
        { "empty crit", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"rsa","crit":[]}""") },
        { "header no JSON", (claims, _) => Headed(claims, "garbage") },
        { "header a text", (claims, _) => Headed(claims, "\"RS256\"") },
        { "a key for RS256, RS512", (claims, _) => ProviderDouble.OtherKeys["RS256 alone"].Sign(claims, "RS512") },
        { "a key for RS256, PS256", (claims, _) => ProviderDouble.OtherKeys["RS256 alone"].Sign(claims, "PS256") },
        { "a key of fewer than 2048 bits", (claims, _) => ProviderDouble.OtherKeys["short"].Sign(claims, "RS256") },
        { "a key that is no point of its curve", (claims, _) => ProviderDouble.OtherKeys["P-256"].Sign("""{"alg":"ES256","kid":"off the curve"}""", claims.ToJsonString(), "ES256") },
        { "a key without y", (claims, _) => ProviderDouble.OtherKeys["P-256"].Sign("""{"alg":"ES256","kid":"without y"}""", claims.ToJsonString(), "ES256") },
        { "a key without e", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"without e"}""") },
        { "P-384 for ES256", (claims, _) => ProviderDouble.OtherKeys["P-384"].Sign(claims, "ES256") },
        { "P-256 for ES384", (claims, _) => ProviderDouble.OtherKeys["P-256"].Sign(claims, "ES384") },
        { "P-256 for ES512", (claims, _) => ProviderDouble.OtherKeys["P-256"].Sign(claims, "ES512") },
        { "ECDSA for RS256", (claims, _) => Headed(claims, """{"alg":"ES256","kid":"rsa"}""") },
        { "RSA for ES256", (claims, _) => Headed(claims, """{"alg":"RS256","kid":"P-256"}""") },
        { "PS256's signature for RS256", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Header("RS256"), claims.ToJsonString(), "PS256") },
        { "RS384's signature for RS256", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Header("RS256"), claims.ToJsonString(), "RS384") },
    };

    [Theory, MemberData(nameof(Defects), DisableDiscoveryEnumeration = true), MemberData(nameof(Forgeries), DisableDiscoveryEnumeration = true)]
    public async Task SO_03_An_ID_token_with_any_defect_signs_nobody_in(string defect, Func<JsonObject, Func<JsonObject, string>, string?> spoil)
    {
        await IsRefusedAsync(Identity.OfGoogle(), defect, spoil);
        await IsRefusedAsync(Identity.OfOidc(provider), defect, spoil);
    }

    [Fact]
    public async Task SO_03_What_the_ID_token_leaves_out_userinfo_says_but_never_of_somebody_else()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        identity.EmailInIdToken = false;
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        var other = Identity.OfGoogle();
        other.EmailInIdToken = false;
        other.IdToken = (claims, sign) => sign(Set(claims, "sub", "of-nobody-yet"));
        (await client.SignInAsync(provider, other)).AssertRefused(400, "provider_profile_failed");
        await server.Database.KnowsNothingOfAsync(other);
    }

    private async Task IsAcceptedAsync(string what, Func<JsonObject, string> make)
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        identity.IdToken = (claims, _) => make(claims);
        var (code, state) = await client.BeginAsync(provider, identity);
        var answer = await client.PostAsync("/api/auth/social/oidc/", new { code, state });
        Assert.True(answer.Status == 200, $"{what}: {answer}");
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    private async Task IsRefusedAsync(Identity identity, string defect, Func<JsonObject, Func<JsonObject, string>, string?> spoil)
    {
        using var client = server.Client();
        identity.IdToken = spoil;
        var (code, state) = await client.BeginAsync(provider, identity);
        var answer = await client.PostAsync($"/api/auth/social/{identity.Provider}/", new { code, state });
        Assert.True(answer is { Status: 400 } && answer["code"] == "provider_profile_failed", $"{defect}: {answer}");
        Assert.Null(client.RefreshCookie);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    private static string Good(JsonObject claims) => Good(claims.ToJsonString());

    private static string Good(string claims) => ProviderDouble.OtherKeys["rsa"].Sign(Header("RS256"), claims, "RS256");

    private static string Header(string algorithm) => ProviderDouble.OtherKeys["rsa"].Header(algorithm).ToJsonString();

    private static string Headed(JsonObject claims, string header) => ProviderDouble.OtherKeys["rsa"].Sign(header, claims.ToJsonString(), "RS256");

    private static string Hmac(JsonObject claims)
    {
        var signed = $"{ProviderSigningKey.Encode("""{"alg":"HS256","kid":"rsa"}""")}.{ProviderSigningKey.Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(ProviderDouble.OtherKeys["rsa"].PublicInfo, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        return $"{parts[0]}.{ProviderSigningKey.Encode(Set(claims, "sub", "1").ToJsonString())}.{parts[2]}";
    }

    private static JsonObject Set(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    private static JsonObject Drop(JsonObject claims, string name)
    {
        claims.Remove(name);
        return claims;
    }

    /// <summary>The last of them is the good one, which a lenient reader takes.</summary>
    private static string Twice(JsonObject claims, string name, string value) => $$"""{"{{name}}":{{value}},{{claims.ToJsonString()[1..]}}""";

    private static string Replaced(JsonObject claims, string name, string value) => Twice(Drop(claims, name), name, value);
}
