using System.Security.Cryptography;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.OldTokens;

/// <summary>What is no refresh token of the system of before, however near it comes.</summary>
public sealed class HostileOldTokenTests(OldTokenServer shared, Postgres postgres) : IClassFixture<OldTokenServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;
    private string id = null!;

    public async ValueTask InitializeAsync() => (person, id) = await OldTokenServer.ImportAsync(server);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Kinds =>
    [
        "alg none", "alg none without a signature", "alg in small letters", "alg of another length", "no alg", "alg twice", "crit", "another project's key", "no signature", "cut off", "four parts",
        "access token", "no token_type", "sliding token", "no jti", "jti empty", "jti a number", "jti too long", "no iat", "iat ahead", "no exp", "exp as text", "exp with a fraction", "exp absurd",
        "exp negative", "user_id twice", "no user_id", "user_id true", "user_id a list", "user_id with NUL", "nbf ahead", "iss", "aud", "claims no object", "claims no JSON", "half a character", "long",
    ];

    [Theory, MemberData(nameof(Kinds))]
    public async Task SG_21_It_is_invalid_and_the_cookie_stays(string kind)
    {
        var answer = await client.SwapAsync(Token(kind));
        await server.Database.AssertNotTakenAsync(answer, person, "invalid");
        Assert.Null(answer.Cookie(OldTokenServer.Cookie));
    }

    private string Token(string kind)
    {
        string By(string claims, string header = OldTokenText.Header) => OldTokenText.Signed(header, claims);
        string Replaced(string what, string by) => By(OldTokenText.Claims(id).Replace(what, by, StringComparison.Ordinal));
        var good = OldTokenText.Of(id);
        var exp = $"\"exp\":{OldTokenText.Seconds(TimeSpan.FromDays(1))}";
        return kind switch
        {
            "alg none" => By(OldTokenText.Claims(id), """{"alg":"none","typ":"JWT"}"""),
            "alg none without a signature" => $"{OldTokenText.Part("""{"alg":"none"}""")}.{OldTokenText.Part(OldTokenText.Claims(id))}.",
            "alg in small letters" => By(OldTokenText.Claims(id), """{"alg":"hs256"}"""),
            "alg of another length" => By(OldTokenText.Claims(id), """{"alg":"HS512"}"""),
            "no alg" => By(OldTokenText.Claims(id), """{"typ":"JWT"}"""),
            "alg twice" => By(OldTokenText.Claims(id), """{"alg":"HS256","alg":"HS256"}"""),
            "crit" => By(OldTokenText.Claims(id), """{"alg":"HS256","crit":["x"],"x":1}"""),
            "another project's key" => OldTokenText.Signed(OldTokenText.Header, OldTokenText.Claims(id), "Zb7#nT2w!xR9zLf4@cM8kJ6$hD3sB5gY0pEa1uQoW^tZ"),
            "no signature" => good[..(good.LastIndexOf('.') + 1)],
            "cut off" => good[..^1],
            "four parts" => good + ".x",
            "access token" => By(OldTokenText.Claims(id, "access")),
            "no token_type" => Replaced("\"token_type\":\"refresh\",", ""),
            "sliding token" => By(OldTokenText.Claims(id, "sliding")),
            "no jti" => Replaced("\"jti\"", "\"jtj\""),
            "jti empty" => By(OldTokenText.Claims(id, jti: "")),
            "jti a number" => By("{" + $"\"token_type\":\"refresh\",{exp},\"iat\":1700000000,\"jti\":7,\"user_id\":{id}" + "}"),
            "jti too long" => By(OldTokenText.Claims(id, jti: new string('j', 256))),
            "no iat" => Replaced("\"iat\"", "\"iau\""),
            "iat ahead" => By(OldTokenText.Claims(id, ago: TimeSpan.FromHours(-1))),
            "no exp" => Replaced("\"exp\"", "\"exq\""),
            "exp as text" => By("{" + $"\"token_type\":\"refresh\",\"exp\":\"9999999999\",\"iat\":1700000000,\"jti\":\"j\",\"user_id\":{id}" + "}"),
            "exp with a fraction" => By("{" + $"\"token_type\":\"refresh\",{exp}.5,\"iat\":1700000000,\"jti\":\"j\",\"user_id\":{id}" + "}"),
            "exp absurd" => By("{" + $"\"token_type\":\"refresh\",\"exp\":1e300,\"iat\":1700000000,\"jti\":\"j\",\"user_id\":{id}" + "}"),
            "exp negative" => By("{" + $"\"token_type\":\"refresh\",\"exp\":-1,\"iat\":1700000000,\"jti\":\"j\",\"user_id\":{id}" + "}"),
            "user_id twice" => By(OldTokenText.Claims("1", more: $",\"user_id\":{id}")),
            "no user_id" => Replaced("\"user_id\"", "\"uid\""),
            "user_id true" => By(OldTokenText.Claims("true")),
            "user_id a list" => By(OldTokenText.Claims($"[{id}]")),
            "user_id with NUL" => By(OldTokenText.Claims($"\"{id}\\u0000\"")),
            "nbf ahead" => By(OldTokenText.Claims(id, more: $",\"nbf\":{OldTokenText.Seconds(TimeSpan.FromHours(1))}")),
            "iss" => By(OldTokenText.Claims(id, more: ",\"iss\":\"somebody\"")),
            "aud" => By(OldTokenText.Claims(id, more: ",\"aud\":\"somebody\"")),
            "claims no object" => By("[]"),
            "claims no JSON" => By("{"),
            "half a character" => By(OldTokenText.Claims("\"\\ud800\"")),
            "long" => By(OldTokenText.Claims(id, more: $",\"x\":\"{new string('x', 6000)}\"")),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    [Fact]
    public async Task SG_21_A_body_of_100_KB_is_too_large() =>
        Assert.Equal(413, (await client.SwapByBodyAsync(OldTokenText.Signed(OldTokenText.Header, OldTokenText.Claims(id, more: $",\"x\":\"{new string('x', 100_000)}\"")))).Status);

    [Fact]
    public async Task SG_21_One_that_is_over_is_expired_and_its_cookie_goes()
    {
        var answer = await client.SwapAsync(OldTokenText.Signed(OldTokenText.Header, OldTokenText.Claims(id, ago: TimeSpan.FromDays(2), left: TimeSpan.FromSeconds(-1))));
        await server.Database.AssertNotTakenAsync(answer, person, "expired");
        Assert.Equal("", answer.Cookie(OldTokenServer.Cookie));
        // Good for ten years, it lives no longer than a session here.
        var old = await client.SwapAsync(OldTokenText.Signed(OldTokenText.Header, OldTokenText.Claims(id, ago: TimeSpan.FromDays(91), left: TimeSpan.FromDays(3650))));
        await server.Database.AssertNotTakenAsync(old, person, "expired");
    }

    [Fact]
    public async Task SG_21_A_public_key_is_no_secret_and_none_is_taken_after_the_day()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        await using var other = await TestServer.StartAsync(postgres,
            ("Accounts:OldTokens:Key", pem.Replace("\n", "\\n", StringComparison.Ordinal)), ("Accounts:OldTokens:Algorithm", "RS256"), ("Accounts:OldTokens:Until", OldTokenServer.Day(1)),
            ("Accounts:OldTokens:Cookie", OldTokenServer.Cookie));
        var (somebody, legacyId) = await OldTokenServer.ImportAsync(other);
        using var browser = other.Client();
        foreach (var key in new[] { pem, pem.Trim(), pem + "\n" })
        {
            foreach (var alg in new[] { "HS256", "RS256" })
            {
                var forged = OldTokenText.Signed($$"""{"alg":"{{alg}}","typ":"JWT"}""", OldTokenText.Claims(legacyId), key);
                await other.Database.AssertNotTakenAsync(await browser.SwapAsync(forged), somebody, "invalid");
            }
        }
        var good = OldTokenText.SignedBy(rsa, """{"alg":"RS256","typ":"JWT"}""", OldTokenText.Claims(legacyId));
        await using (var late = await TestServer.StartOnAsync(other.Database.ConnectionString,
            ("Accounts:OldTokens:Key", pem), ("Accounts:OldTokens:Algorithm", "RS256"), ("Accounts:OldTokens:Until", "2026-01-01"), ("Accounts:OldTokens:Cookie", OldTokenServer.Cookie)))
        {
            using var lateBrowser = late.Client();
            await late.Database.AssertNotTakenAsync(await lateBrowser.SwapAsync(good), somebody, "missing");
            await late.Database.AssertNotTakenAsync(await lateBrowser.SwapByBodyAsync(good), somebody, "invalid");
        }
        Assert.Equal(200, (await browser.SwapAsync(good)).Status);
    }

    [Theory]
    [InlineData("Key", "", "Key is not set")]
    [InlineData("Key", "django-insecure-x0!9kz@w8v7u6t5s4r3q2p1o0n9m8l7k6j5i4h3g2f1e0d", "is one that others know")]
    [InlineData("Key", "your-256-bit-secret-your-256-bit-secret", "is one that others know")]
    [InlineData("Key", "MY_SECRET_KEY_a8f7s6d5f4g3h2j1k0l9z8x7c6", "is one that others know")]
    [InlineData("Key", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "is one that others know")]
    [InlineData("Key", "x7Kd93jfA0", "is shorter than the 32 bytes")]
    [InlineData("Key", "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", "wants a secret")]
    [InlineData("Algorithm", "none", "choose the one")]
    [InlineData("Algorithm", "", "choose the one")]
    [InlineData("Algorithm", "HS512", "is shorter than the 64 bytes")]
    [InlineData("Algorithm", "RS256", "is no public key of RSA")]
    [InlineData("Algorithm", "ES256", "is no public key of an elliptic curve")]
    [InlineData("Until", "", "give the day")]
    [InlineData("Until", "soon", "give the day")]
    [InlineData("Until", "2099-01-01", "more than 30 days ahead")]
    [InlineData("Cookie", "old cookie", "no name of a cookie")]
    [InlineData("CookiePath", "api", "begins with /")]
    [InlineData("CookieDomain", "a b", "CookieDomain is")]
    [InlineData("UserIdClaim", "", "UserIdClaim is empty")]
    public async Task SG_21_What_cannot_be_meant_stops_the_start_and_says_what_to_do(string setting, string value, string told)
    {
        var settings = OldTokenServer.Settings.Where(one => one.Item1 != $"Accounts:OldTokens:{setting}").Append(($"Accounts:OldTokens:{setting}", value)).ToArray();
        var refused = await Assert.ThrowsAsync<Core.Failures.StartupException>(() => TestServer.StartOnAsync(server.Database.ConnectionString, settings));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Accounts__OldTokens__", refused.Message, StringComparison.Ordinal);
    }
}
