using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Userinfo says what the ID token leaves out, as JSON or as a JWT, and never who somebody is where an ID token did.</summary>
public sealed class UserInfoTests(TrustingServer shared) : IClassFixture<TrustingServer>, IAsyncLifetime
{
    private readonly ProviderDouble provider = shared.Provider;
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = server.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        provider.Mend();
        return ValueTask.CompletedTask;
    }

    /// <summary>ID token, userinfo, and what comes of the two; <c>$</c> is an address of nobody else.</summary>
    public static TheoryData<string, string, string> Documents => new()
    {
        { """{"email":"$","email_verified":true}""", """{"given_name":"Uma","family_name":"Info"}""", "email = '$' AND email_verified AND first_name = 'Uma' AND last_name = 'Info'" },
        { """{}""", """{"email":"$","email_verified":true,"name":"Uma"}""", "email = '$' AND email_verified AND first_name = 'Uma'" },
        { """{"email":"","name":"Ida"}""", """{"email":"$","email_verified":true,"name":"Uma"}""", "email = '$' AND email_verified AND first_name = 'Ida'" },
        { """{"email":null,"given_name":null}""", """{"email":"$","email_verified":false,"given_name":"Uma"}""", "email = '$' AND NOT email_verified AND first_name = 'Uma'" },
        { """{"email":"$","name":"Ida"}""", """{"email":"$","email_verified":true}""", "email = '$' AND email_verified AND first_name = 'Ida'" },
        { """{"email":"$"}""", """{"email_verified":true}""", "email = '$' AND NOT email_verified" },
        { """{"email":"$","email_verified":false}""", """{"email":"x$","email_verified":true,"name":"Uma"}""", "email = '$' AND NOT email_verified AND first_name = 'Uma'" },
        { """{"email":"$","email_verified":"true","name":"Ida"}""", """{"email":"x$","email_verified":true}""", "email = '$' AND NOT email_verified" },
        { """{"email_verified":true,"name":"Ida"}""", """{"email":"$"}""", "email = '$' AND NOT email_verified" },
    };

    [Theory, MemberData(nameof(Documents))]
    public async Task XA_13_Userinfo_fills_in_what_the_ID_token_lacks_and_the_address_is_of_one_document(string idToken, string userInfo, string expected)
    {
        var address = Some.Email();
        foreach (var identity in new[] { Identity.OfGoogle(), Identity.OfOidc(provider) })
        {
            var own = $"{identity.Provider}.{address}";
            identity.IdToken = (claims, sign) => sign(Merged(claims, idToken, own));
            identity.UserInfo = Merged(new JsonObject { ["sub"] = identity.Uid }, userInfo, own);
            var answer = await client.SignInAsync(provider, identity);
            Assert.True(answer.Status == 200, answer.ToString());
            Assert.Equal(1, await server.Database.AccountsAsync(identity, expected.Replace("email", "u.email", StringComparison.Ordinal).Replace("$", own, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task XA_13_An_ID_token_that_says_it_all_asks_for_no_userinfo()
    {
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
        Assert.False(provider.Requests.ContainsKey("/userinfo"));
    }

    private static JsonObject Merged(JsonObject claims, string more, string address)
    {
        foreach (var name in new[] { "email", "email_verified", "given_name", "family_name" })
        {
            claims.Remove(name);
        }
        foreach (var (name, value) in JsonNode.Parse(more.Replace("$", address, StringComparison.Ordinal))!.AsObject())
        {
            claims[name] = value?.DeepClone();
        }
        return claims;
    }

    public static TheoryData<string, Func<JsonObject, string, string>> Signed => new()
    {
        { "bare", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(claims, "RS256") },
        { "named", (claims, issuer) => ProviderDouble.OtherKeys["P-256"].Sign(Add(claims, ("iss", issuer), ("aud", ProviderDouble.ClientId)), "ES256") },
        { "not expired", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Add(claims, ("exp", Now + 60)), "PS256") },
    };

    [Theory, MemberData(nameof(Signed), DisableDiscoveryEnumeration = true)]
    public async Task XA_13_Userinfo_may_be_a_JWT_that_a_key_of_the_provider_has_signed(string form, Func<JsonObject, string, string> sign)
    {
        var identity = Thin();
        provider.SignUserInfo = claims => sign(claims.DeepClone().AsObject(), provider.OidcIssuer);
        var answer = await client.SignInAsync(provider, identity);
        Assert.True(answer.Status == 200, $"{form}: {answer}");
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{identity.Email}' AND u.email_verified"));
    }

    public static TheoryData<string, Func<JsonObject, string, string>> Forged => new()
    {
        { "of another issuer", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Add(claims, ("iss", "https://evil.example.test")), "RS256") },
        { "for another client", (claims, issuer) => ProviderDouble.OtherKeys["rsa"].Sign(Add(claims, ("iss", issuer), ("aud", "another-client")), "RS256") },
        { "expired", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Add(claims, ("exp", Now - 120)), "RS256") },
        { "unsigned", (claims, _) => $"{ProviderSigningKey.Encode("""{"alg":"none"}""")}.{ProviderSigningKey.Encode(claims.ToJsonString())}." },
        { "changed", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(claims, "RS256") is var token ? $"{token.Split('.')[0]}.{ProviderSigningKey.Encode(Add(claims, ("email", "evil@example.test")).ToJsonString())}.{token.Split('.')[2]}" : "" },
        { "by a stranger's key", (claims, _) => Strangers.Sign(claims, "RS256") },
        { "of somebody else", (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(Add(claims, ("sub", "1")), "RS256") },
        { "JSON", (claims, _) => claims.ToJsonString() },
    };

    private static readonly ProviderSigningKey Strangers = ProviderSigningKey.Rsa("rsa");

    [Theory, MemberData(nameof(Forged), DisableDiscoveryEnumeration = true)]
    public async Task XA_13_A_JWT_of_userinfo_with_any_defect_says_nothing(string defect, Func<JsonObject, string, string> forge)
    {
        var identity = Thin();
        provider.SignUserInfo = claims => forge(claims.DeepClone().AsObject(), provider.OidcIssuer);
        var answer = await client.SignInAsync(provider, identity);
        Assert.True(answer is { Status: 400 } && answer["code"] == "provider_profile_failed", $"{defect}: {answer}");
        await server.Database.KnowsNothingOfAsync(identity);
    }

    /// <summary>LinkedIn's keys are not known here.</summary>
    [Fact]
    public async Task XA_13_A_JWT_that_cannot_be_checked_says_nothing()
    {
        provider.SignUserInfo = claims => ProviderDouble.OtherKeys["rsa"].Sign(claims, "RS256");
        (await client.SignInAsync(provider, Identity.OfLinkedIn())).AssertRefused(400, "provider_profile_failed");
    }

    private Identity Thin()
    {
        var identity = Identity.OfOidc(provider);
        identity.EmailInIdToken = false;
        return identity;
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static JsonObject Add(JsonObject claims, params (string Name, JsonNode Value)[] more)
    {
        Array.ForEach(more, one => claims[one.Name] = one.Value);
        return claims;
    }
}
