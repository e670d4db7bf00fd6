using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>What providers really send, by their own documents and by other people's bug reports. Each test has a double of its own.</summary>
public sealed class ProviderWireTests(Postgres postgres) : IAsyncLifetime
{
    private ProviderDouble provider = null!;

    public async ValueTask InitializeAsync() => provider = await ProviderDouble.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private Task<TestServer> StartAsync() => TestServer.StartAsync(postgres, provider.Settings);

    [Theory]
    [InlineData("application/json;charset=utf8")]
    [InlineData("application/json; charset=\"UTF8\"")]
    [InlineData("application/json; charset=windows-1252")]
    [InlineData("application/json; charset=x-nothing")]
    [InlineData("text/javascript")]
    public async Task XA_13_Bodies_are_UTF_8_whatever_their_charset_is_called(string type)
    {
        provider.ContentType = type;
        await using var server = await StartAsync();
        using var client = server.Client();
        foreach (var identity in new[] { Identity.OfOidc(provider), Identity.OfGoogle(), Identity.OfGitHub(), Identity.OfLinkedIn(), Identity.OfFacebook() })
        {
            identity.With("given_name", "Zoë").User["name"] = "Zoë Müller";
            identity.EmailInIdToken = false;
            Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
            Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.first_name = 'Zoë'"));
        }
        (await client.PostAsync("/api/auth/social/google/", new { code = "unknown", code_verifier = SocialSteps.Verifier })).AssertRefused(400, "code_exchange_failed");
    }

    public static TheoryData<string?, string?, string[]> Secrets => new()
    {
        { null, "basic", ["basic"] },
        { """["client_secret_basic"]""", "basic", ["basic"] },
        { """["private_key_jwt","client_secret_basic"]""", "basic", ["basic"] },
        { """["client_secret_post"]""", "body", ["body"] },
        { """["private_key_jwt","client_secret_post"]""", "body", ["body"] },
        { """["client_secret_post","client_secret_basic"]""", null, ["basic"] },
        { """["client_secret_post","client_secret_basic"]""", "basic", ["basic"] },
        { """["client_secret_basic","client_secret_post"]""", "body", ["basic", "body"] },
    };

    /// <summary>The double's secret has spaces and the like, which are form-encoded before Base64.</summary>
    [Theory, MemberData(nameof(Secrets))]
    public async Task XA_13_The_secret_goes_where_the_issuers_document_says(string? methods, string? place, string[] sent)
    {
        provider.DiscoveryDocument["token_endpoint_auth_methods_supported"] = methods is null ? null : JsonNode.Parse(methods);
        if (methods is null)
        {
            provider.DiscoveryDocument.Remove("token_endpoint_auth_methods_supported");
        }
        provider.SecretOnlyIn = place;
        await using var server = await StartAsync();
        using var client = server.Client();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
        Assert.Equal(sent, provider.SecretsIn);
    }

    [Fact]
    public async Task XA_13_A_secret_that_is_wrong_is_wrong_in_both_places_and_that_is_the_end()
    {
        provider.DiscoveryDocument["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post");
        provider.Secrets.Clear();
        await using var server = await StartAsync();
        using var client = server.Client();
        (await client.SignInAsync(provider, Identity.OfOidc(provider))).AssertRefused(400, "code_exchange_failed");
        Assert.Equal(["basic", "body"], provider.SecretsIn);
    }

    [Fact]
    public async Task XA_13_Providers_without_a_document_get_the_secret_in_the_body()
    {
        provider.SecretOnlyIn = "body";
        await using var server = await StartAsync();
        using var client = server.Client();
        foreach (var identity in new[] { Identity.OfGoogle(), Identity.OfGitHub(), Identity.OfFacebook(), Identity.OfLinkedIn() })
        {
            Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        }
        Assert.All(provider.SecretsIn, place => Assert.Equal("body", place));
    }

    [Fact]
    public async Task XA_13_A_good_ID_token_without_an_access_token_is_enough()
    {
        await using var server = await StartAsync();
        using var client = server.Client();
        var (good, bad, silent) = (Identity.OfOidc(provider), Identity.OfOidc(provider), Identity.OfLinkedIn());
        bad.IdToken = (claims, sign) => sign(claims)[..^4] + "AAAA";
        good.GetsAccessToken = bad.GetsAccessToken = silent.GetsAccessToken = false;
        Assert.Equal(200, (await client.SignInAsync(provider, good)).Status);
        (await client.SignInAsync(provider, bad)).AssertRefused(400, "provider_profile_failed");
        (await client.SignInAsync(provider, silent)).AssertRefused(400, "code_exchange_failed");
        Assert.Equal((1, 0), (await server.Database.AccountsAsync(good), await server.Database.AccountsAsync(bad)));
        Assert.False(provider.Requests.ContainsKey("/userinfo"));
    }

    [Theory]
    [InlineData("https://", "")]
    [InlineData("", "https://")]
    public async Task XA_13_Google_names_itself_with_and_without_https_and_is_one(string first, string second)
    {
        await using var server = await StartAsync();
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        foreach (var scheme in new[] { first, second })
        {
            identity.IdToken = (claims, sign) => sign(With(claims, "iss", ProviderDouble.Issuer.Replace("https://", scheme, StringComparison.Ordinal)));
            Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        }
        Assert.Equal(1, await server.Database.CountAsync("social_accounts", "issuer = @issuer", ("issuer", ProviderDouble.Issuer)));
        var (plain, other) = (Identity.OfGoogle(), Identity.OfOidc(provider));
        plain.IdToken = (claims, sign) => sign(With(claims, "iss", ProviderDouble.Issuer.Replace("https://", "http://", StringComparison.Ordinal)));
        other.IdToken = (claims, sign) => sign(With(claims, "iss", provider.OidcIssuer.Replace("http://", "", StringComparison.Ordinal)));
        (await client.SignInAsync(provider, plain)).AssertRefused(400, "provider_profile_failed");
        (await client.SignInAsync(provider, other)).AssertRefused(400, "provider_profile_failed");
    }

    [Fact]
    public async Task XA_13_Facebook_gets_no_challenge_and_no_verifier_and_a_script_needs_none()
    {
        await using var server = await StartAsync();
        using var client = server.Client();
        var (one, other, begun) = (Identity.OfFacebook(), Identity.OfFacebook(), Identity.OfFacebook());
        string Code(Identity identity) => provider.Issue(identity, "", $"{server.Address}");
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/facebook/", new { code = Code(one) })).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/facebook/", new { code = Code(other), code_verifier = SocialSteps.Verifier })).Status);
        var address = (await client.PostAsync("/api/auth/social/facebook/begin/"))["authorization_url"]!;
        Assert.DoesNotContain(QueryHelpers.ParseQuery(new Uri(address).Query).Keys, name => name.StartsWith("code_challenge", StringComparison.Ordinal));
        Assert.Equal(303, (await client.GetAsync(await client.LeaveAsync(provider, begun))).Status);
        Assert.NotNull((await client.PostAsync("/api/auth/social/facebook/", new { code = Code(one), code_verifier = "too short" }))["code_verifier"]);
        (await client.PostAsync("/api/auth/social/linkedin/", new { code = "x" })).AssertBody(400, """{"code_verifier":["This field is required."]}""");
        Assert.Equal(3, await server.Database.CountAsync("social_accounts", "provider = 'facebook'"));
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }
}
