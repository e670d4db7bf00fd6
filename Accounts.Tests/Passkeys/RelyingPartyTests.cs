using Accounts.Core.Failures;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>Whose pages may use passkeys is a setting, and no request's to say.</summary>
public sealed class RelyingPartyTests(Postgres postgres)
{
    private const string Elsewhere = "https://app.example.org", Own = "https://app.localhost";

    [Fact]
    public async Task SG_23_The_origins_of_server_and_front_end_are_taken_by_default_and_no_other()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:FrontendUrl", $"{Elsewhere}/app/"), ("Accounts:AllowedOrigins", "https://other.example.org"));
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        await TakesAsync(server, client, server.Address.GetLeftPart(UriPartial.Authority), Elsewhere);
        await RefusesAsync(client, "https://other.example.org", $"{Elsewhere}/app", "https://app.example.org:8443", "http://app.example.org", "null", "");
        (await client.GetAsync("/.well-known/webauthn")).AssertBody(200, $$"""{"origins":["{{Elsewhere}}"]}""");
    }

    [Fact]
    public async Task SG_23_Listed_origins_take_the_place_of_the_default_and_those_of_other_hosts_alone_are_published()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:FrontendUrl", "https://front.example.org"), ("Accounts:Passkeys:Origins", $"{Elsewhere}, {Own}"));
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        await TakesAsync(server, client, Elsewhere, Own);
        await RefusesAsync(client, server.Address.GetLeftPart(UriPartial.Authority), "https://front.example.org");
        var published = await client.GetAsync("/.well-known/webauthn");
        published.AssertBody(200, $$"""{"origins":["{{Elsewhere}}"]}""");
        Assert.Equal("application/json", published.MediaType);
    }

    [Fact]
    public async Task SG_23_Where_no_other_host_uses_them_nothing_is_published()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        (await client.GetAsync("/.well-known/webauthn")).AssertRefused(404, "not_found");
    }

    [Fact]
    public async Task SG_23_The_host_of_a_request_changes_nothing()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        var begun = await client.PostAsync("/api/auth/login/passkey/begin/", null, ("Host", $"127.0.0.1:{server.Address.Port}"), ("X-Forwarded-Host", "evil.example"));
        Assert.True(begun.Status != 200 || begun.PublicKey().GetProperty("rpId").GetString() == "localhost", begun.ToString());
        using var evil = new SoftwareAuthenticator("https://evil.example");
        var adding = await client.BeginAdditionAsync();
        (await client.PostAsync("/api/auth/factors/passkeys/finish/", new { state = adding["state"], passkey = evil.Create(adding.PublicKey()) }, ("X-Forwarded-Host", "evil.example")))
            .AssertRefused(400, "invalid_passkey");
    }

    [Theory]
    [InlineData("http://app.example.org"), InlineData("https://app.example.org/"), InlineData("app.example.org"), InlineData("capacitor://localhost"), InlineData("*")]
    public async Task SG_23_An_origin_that_has_no_passkeys_stops_the_start(string origin)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(postgres, ("Accounts:Passkeys:Origins", origin)));
        Assert.True(refused is StartupException or OptionsValidationException, refused.ToString());
        Assert.Contains($"Accounts__Passkeys__Origins has \"{origin}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_23_More_than_five_origins_stop_the_start()
    {
        var origins = string.Join(',', Enumerable.Range(0, 6).Select(i => $"https://app{i}.example.org"));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(postgres, ("Accounts:Passkeys:Origins", origins)));
        Assert.Contains("Accounts__Passkeys__Origins has 6 origins", refused.Message, StringComparison.Ordinal);
    }

    private static async Task TakesAsync(TestServer server, ApiClient client, params string[] origins)
    {
        foreach (var origin in origins)
        {
            using var authenticator = new SoftwareAuthenticator(origin);
            var added = await client.AddPasskeyAsync(authenticator);
            server.HasProved(client);
            Assert.True(added.Status == 201, $"{origin}: {added}");
            // In another browser: here it would take the place of the session that adds.
            using var browser = new ApiClient(client.Address, "Tests/1.0");
            Assert.Equal(200, (await browser.SignInAsync(authenticator)).Status);
        }
    }

    private static async Task RefusesAsync(ApiClient client, params string[] origins)
    {
        foreach (var origin in origins)
        {
            using var authenticator = new SoftwareAuthenticator(origin);
            (await client.AddPasskeyAsync(authenticator)).AssertRefused(400, "invalid_passkey");
        }
    }
}
