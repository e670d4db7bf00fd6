using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What a code, a verifier, a state and an ID token must prove before anybody is signed in.</summary>
public sealed class SocialProofTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Google = "/api/auth/social/google/";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("{}", """{"code":["This field is required."],"code_verifier":["This field is required."]}""")]
    [InlineData("""{"code":"","code_verifier":" "}""", """{"code":["This field may not be blank."],"code_verifier":["This field may not be blank."]}""")]
    [InlineData("""{"code":{"a":1},"code_verifier":null}""", """{"code":["Not a valid string."],"code_verifier":["This field may not be null."]}""")]
    public async Task Missing_and_blank_fields_are_told_all_at_once(string body, string expected)
    {
        using var client = server.Client();
        var answer = await client.SendAsync(HttpMethod.Post, Google, new StringContent(body, Encoding.UTF8, "application/json"));
        answer.AssertBody(400, expected);
    }

    [Theory]
    [InlineData(42, 'a')]
    [InlineData(129, 'a')]
    [InlineData(60, '+')]
    [InlineData(60, '/')]
    [InlineData(60, 'é')]
    public async Task SO_02_A_verifier_that_is_none_is_refused_before_the_provider_is_asked(int length, char character)
    {
        using var client = server.Client();
        var (identity, verifier) = (Identity.OfGoogle(), new string(character, length));
        var code = provider.Issue(identity, SocialSteps.Challenge(verifier), $"{server.Address}");
        var before = provider.Exchanges;
        var answer = await client.PostAsync(Google, new { code, code_verifier = verifier });
        Assert.Equal((400, true), (answer.Status, answer.Text.StartsWith("{\"code_verifier\":[", StringComparison.Ordinal)));
        Assert.Equal(before, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public async Task SO_02_Every_length_that_the_standard_allows_is_accepted(int length)
    {
        using var client = server.Client();
        var verifier = new string('~', length);
        var code = provider.Issue(Identity.OfGoogle(), SocialSteps.Challenge(verifier), $"{server.Address}");
        Assert.Equal(200, (await client.PostAsync(Google, new { code, code_verifier = verifier })).Status);
    }

    [Fact]
    public async Task SO_02_A_wrong_verifier_fails_the_exchange_and_a_code_serves_once()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var stolen = provider.Issue(identity, SocialSteps.Challenge(new string('a', 50)), $"{server.Address}");
        (await client.PostAsync(Google, new { code = stolen, code_verifier = SocialSteps.Verifier })).AssertBody(400, """{"detail":"Code exchange failed","code":"code_exchange_failed"}""");
        await server.Database.KnowsNothingOfAsync(identity);
        var code = provider.Issue(identity, SocialSteps.Challenge(), $"{server.Address}");
        Assert.Equal(200, (await client.PostAsync(Google, new { code, code_verifier = SocialSteps.Verifier })).Status);
        (await client.PostAsync(Google, new { code, code_verifier = SocialSteps.Verifier })).AssertRefused(400, "code_exchange_failed");
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @e", ("e", identity.Email)));
    }

    [Fact]
    public async Task SO_02_Every_beginning_has_a_challenge_state_and_nonce_of_its_own_and_the_database_none_of_the_secrets()
    {
        using var client = server.Client();
        var one = await client.PostAsync($"{Google}begin/");
        var other = await client.PostAsync($"{Google}begin/");
        foreach (var member in new[] { "state", "nonce", "code_challenge" })
        {
            Assert.Equal(43, one[member]!.Length);
            Assert.NotEqual(one[member], other[member]);
        }
        Assert.Contains("code_challenge_method=S256", one["authorization_url"], StringComparison.Ordinal);
        var dump = await server.Database.DumpAsync();
        Assert.DoesNotContain(one["state"]!, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Cookies["social"], dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_01_A_state_is_spent_once()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var (code, state) = await client.BeginAsync(provider, identity);
        Assert.Equal(200, (await client.PostAsync(Google, new { code, state })).Status);
        var exchanges = provider.Exchanges;
        (await client.PostAsync(Google, new { code, state })).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("altered")]
    [InlineData("other browser")]
    [InlineData("no browser")]
    [InlineData("body mode")]
    [InlineData("other provider")]
    [InlineData("connect")]
    public async Task SO_01_A_state_serves_its_own_browser_provider_and_purpose_for_ten_minutes(string wrong)
    {
        using var client = server.Client();
        using var other = server.Client();
        var identity = Identity.OfGoogle();
        await server.SignInVerifiedAsync(other);
        var (code, state) = await (wrong == "connect" ? other : client).BeginAsync(provider, identity);
        await client.PostAsync($"{Google}begin/");
        var exchanges = provider.Exchanges;
        (string, string)[] headers = wrong switch
        {
            "other browser" => [("Cookie", "social=" + new string('x', 43))],
            "no browser" => [("Cookie", "nothing=here")],
            "body mode" => [("X-Token-Transport", "body")],
            "connect" => [("Cookie", $"social={other.Cookies["social"]}")],
            _ => [],
        };
        if (wrong == "expired")
        {
            await server.Database.ExecuteAsync("UPDATE social_states SET expires_at = now()");
        }
        var sent = wrong == "altered" ? state[..^1] + (state[^1] == 'A' ? 'E' : 'A') : state;
        var path = wrong == "other provider" ? "/api/auth/social/github/" : Google;
        (await client.PostAsync(path, new { code, state = sent }, headers)).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_01_Where_a_state_is_required_a_verifier_of_ones_own_is_not_enough()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Social:RequireState", "true"));
        using var client = strict.Client();
        var identity = Identity.OfGoogle();
        var answer = await client.SignInAsync(provider, identity);
        answer.AssertBody(400, """{"state":["This field is required."]}""");
        await strict.Database.KnowsNothingOfAsync(identity);
        var (code, state) = await client.BeginAsync(provider, identity);
        Assert.Equal(200, (await client.PostAsync(Google, new { code, state, code_verifier = SocialSteps.Verifier })).Status);
    }

    [Fact]
    public async Task SO_02_Sixteen_who_present_one_state_are_one_sign_in()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        var (code, state) = await client.BeginAsync(provider, identity);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.PostAsync("/api/auth/social/github/", new { code, state })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(15, answers.Count(answer => answer["code"] == "invalid_state"));
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    /// <summary>Each is one defect of an otherwise good ID token.</summary>
    public static TheoryData<string, Func<JsonObject, Func<JsonObject, string>, string?>> Defects => new()
    {
        { "iss", (claims, sign) => sign(Set(claims, "iss", "https://evil.example.test")) },
        { "aud", (claims, sign) => sign(Set(claims, "aud", "another-client")) },
        { "aud missing", (claims, sign) => sign(Drop(claims, "aud")) },
        { "two audiences without azp", (claims, sign) => sign(Set(claims, "aud", new JsonArray(ProviderDouble.ClientId, "another-client"))) },
        { "azp", (claims, sign) => sign(Set(claims, "azp", "another-client")) },
        { "exp", (claims, sign) => sign(Set(claims, "exp", DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 120)) },
        { "exp missing", (claims, sign) => sign(Drop(claims, "exp")) },
        { "exp as text", (claims, sign) => sign(Set(claims, "exp", "9999999999")) },
        { "nonce", (claims, sign) => sign(Set(claims, "nonce", "of another run")) },
        { "nonce missing", (claims, sign) => sign(Drop(claims, "nonce")) },
        { "payload changed", (claims, sign) => Tampered(sign(claims)) },
        { "alg none", (claims, _) => $"{ProviderDouble.Encode(new JsonObject { ["alg"] = "none", ["kid"] = "key-1" })}.{ProviderDouble.Encode(claims)}." },
        { "HMAC under a public name", (claims, _) => Hmac(claims) },
        { "unknown key", (claims, sign) => Header(sign(claims), "unknown") },
        { "no token at all", (_, _) => null },
        { "not a token", (_, _) => "garbage" },
    };

    [Theory, MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public async Task SO_03_An_ID_token_with_any_defect_signs_nobody_in(string defect, Func<JsonObject, Func<JsonObject, string>, string?> spoil)
    {
        await IsRefusedAsync(Identity.OfGoogle(), defect, spoil);
        await IsRefusedAsync(Identity.OfOidc(provider), defect, spoil);
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

    [Fact]
    public async Task SO_03_What_the_ID_token_leaves_out_userinfo_says_but_never_of_somebody_else()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        identity.EmailInIdToken = false;
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        var other = Identity.OfGoogle();
        other.EmailInIdToken = false;
        other.IdToken = (claims, sign) => sign(Set(claims, "sub", identity.Uid));
        (await client.SignInAsync(provider, other)).AssertRefused(400, "provider_profile_failed");
        await server.Database.KnowsNothingOfAsync(other);
    }

    private static JsonObject Set(JsonObject claims, string name, JsonNode value)
    {
        claims[name] = value;
        return claims;
    }

    private static JsonObject Drop(JsonObject claims, string name)
    {
        claims.Remove(name);
        return claims;
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        return $"{parts[0]}.{ProviderDouble.Encode(Set(claims, "sub", "1"))}.{parts[2]}";
    }

    private static string Header(string token, string kid) =>
        $"{ProviderDouble.Encode(new JsonObject { ["alg"] = "RS256", ["kid"] = kid })}.{token.Split('.', 2)[1]}";

    private static string Hmac(JsonObject claims)
    {
        var signed = $"{ProviderDouble.Encode(new JsonObject { ["alg"] = "HS256", ["kid"] = "key-1" })}.{ProviderDouble.Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes("key-1"), Encoding.ASCII.GetBytes(signed)))}";
    }
}
