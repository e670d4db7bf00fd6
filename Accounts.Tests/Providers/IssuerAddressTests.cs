using System.Net;
using Accounts.Core.Outgoing;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Where an issuer's document may send us: to the open internet, and to what the operator named.</summary>
public sealed class IssuerAddressTests(Postgres postgres) : IAsyncLifetime
{
    private ProviderDouble provider = null!;

    public async ValueTask InitializeAsync() => provider = await ProviderDouble.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.9.9.9"), InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255")]
    [InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("100.127.255.255"), InlineData("192.0.0.170")]
    [InlineData("198.18.0.1"), InlineData("192.88.99.1"), InlineData("203.0.113.1"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("240.0.0.1")]
    [InlineData("::1"), InlineData("::"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:8.8.8.8"), InlineData("::127.0.0.1"), InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1"), InlineData("2002:7f00:1::"), InlineData("2002:a00:1::1"), InlineData("2001::1"), InlineData("fe80::1"), InlineData("fec0::1")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("ff02::1"), InlineData("2001:db8::1"), InlineData("100::1"), InlineData("fd00:ec2::254")]
    public void SG_24_An_address_that_is_not_of_the_open_internet_is_none(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8"), InlineData("1.1.1.1"), InlineData("172.15.0.1"), InlineData("172.32.0.1"), InlineData("100.63.255.255"), InlineData("100.128.0.1")]
    [InlineData("169.253.0.1"), InlineData("192.167.0.1"), InlineData("11.0.0.1"), InlineData("223.255.255.254"), InlineData("2606:4700::1111"), InlineData("2a00:1450::1")]
    public void SG_24_An_address_of_the_open_internet_is_one(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    public static TheoryData<string, string> Members => new()
    {
        { "jwks_uri", "127.0.0.1" }, { "token_endpoint", "127.0.0.1" }, { "token_endpoint", "[::1]" }, { "token_endpoint", "[::ffff:127.0.0.1]" }, { "token_endpoint", "2130706433" },
        { "jwks_uri", "localhost.localdomain.localhost" },
    };

    /// <summary>The double is at localhost, which the settings name as the issuer's host.</summary>
    [Theory, MemberData(nameof(Members))]
    public async Task SG_24_A_document_that_names_an_address_of_our_own_network_is_not_followed(string member, string host)
    {
        var named = ((string)provider.DiscoveryDocument[member]!).Replace("localhost", host, StringComparison.Ordinal);
        provider.DiscoveryDocument[member] = named;
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        (await client.SignInAsync(provider, identity)).AssertRefused(503, "unavailable");
        Assert.Equal(0, provider.Requests.GetValueOrDefault(new Uri(named).AbsolutePath));
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SG_24_Userinfo_at_such_an_address_is_not_asked()
    {
        provider.DiscoveryDocument["userinfo_endpoint"] = $"http://127.0.0.1:{provider.Address.Port}/userinfo";
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        identity.EmailInIdToken = false;
        (await client.SignInAsync(provider, identity)).AssertRefused(503, "unavailable");
        Assert.False(provider.Requests.ContainsKey("/userinfo"));
    }

    [Fact]
    public async Task SG_24_A_host_that_the_operator_lists_may_be_private()
    {
        foreach (var member in new[] { "jwks_uri", "token_endpoint" })
        {
            provider.DiscoveryDocument[member] = ((string)provider.DiscoveryDocument[member]!).Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        }
        await using var server = await TestServer.StartAsync(postgres, [.. provider.Settings, ("Accounts:Social:PrivateHosts", "keycloak.internal, 127.0.0.1")]);
        using var client = server.Client();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
    }

    [Fact]
    public async Task SG_24_No_proxy_sees_what_an_issuers_document_names()
    {
        await using var trap = await ProviderDouble.StartAsync();
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), [.. provider.Settings, ("http_proxy", $"{trap.Address}"), ("no_proxy", "nothing.test")]);
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        var code = provider.Issue(identity, SocialSteps.Challenge(), $"{server.Address}");
        var answer = await client.PostAsync("/api/auth/social/oidc/", new { code, code_verifier = SocialSteps.Verifier });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Empty(trap.Requests);
        // It would: what stands in the settings goes by the proxy.
        Assert.Equal(400, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
        Assert.Equal(1, trap.Requests["/token"]);
    }
}
