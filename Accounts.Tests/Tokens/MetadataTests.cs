using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>What a resource server finds below the issuer's address, and that readers who are not ours can use it.</summary>
public sealed class MetadataTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Jwks = "/.well-known/jwks.json", Discovery = "/.well-known/openid-configuration", ServerMetadata = "/.well-known/oauth-authorization-server";

    private Doorkeeper door = null!;

    public async ValueTask InitializeAsync() => door = await Doorkeeper.AtAsync(shared);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task AT_06_The_key_set_shows_public_members_only()
    {
        var answer = await door.Client.GetAsync(Jwks);
        var key = Assert.Single(answer.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("ES256", "P-256", "EC", "sig"), (Text(key, "alg"), Text(key, "crv"), Text(key, "kty"), Text(key, "use")));
        Assert.Equal((door.Forge.Key.Id, door.Forge.Key.X, door.Forge.Key.Y), (Text(key, "kid"), Text(key, "x"), Text(key, "y")));
    }

    [Theory]
    [InlineData(Jwks), InlineData(Discovery), InlineData(ServerMetadata)]
    public async Task AT_06_Keys_and_metadata_may_be_kept_and_read_from_any_origin(string path)
    {
        foreach (var spelling in new[] { path, path + "/" })
        {
            var answer = await door.Client.GetAsync(spelling, ("Origin", "https://anywhere.example.test"));
            Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
            Assert.Matches("^public, max-age=[1-9][0-9]+$", answer.Header("Cache-Control"));
            Assert.Equal(("*", null), (answer.Header("Access-Control-Allow-Origin"), answer.Header("Access-Control-Allow-Credentials")));
            Assert.Empty(answer.SetCookies);
        }
    }

    [Fact]
    public async Task AT_06_The_metadata_names_the_issuer_to_the_letter_and_where_its_keys_are()
    {
        var (discovery, server) = (await door.Client.GetAsync(Discovery), await door.Client.GetAsync(ServerMetadata));
        Assert.Equal(discovery.Text, server.Text);
        Assert.Equal((string)Forge.Read(door.Forge.Payload)["iss"]!, discovery["issuer"]);
        Assert.Equal(new Uri(door.Server.Address, Jwks).ToString(), discovery["jwks_uri"]);
        Assert.Equal("""["ES256"]""", discovery["id_token_signing_alg_values_supported"]);
        Assert.Equal("""["S256"]""", discovery["code_challenge_methods_supported"]);
    }

    [Theory]
    [InlineData("node"), InlineData("python")]
    public async Task AT_06_An_independent_library_checks_a_token_with_the_key_sets_address_alone(string language) =>
        await ChecksAsync(SecondReader.Of(language), "jwks", new Uri(door.Server.Address, Jwks).ToString());

    [Theory]
    [InlineData("node"), InlineData("python")]
    public async Task AT_06_An_independent_library_checks_a_token_with_the_issuers_address_alone(string language) =>
        await ChecksAsync(SecondReader.Of(language), "issuer", door.Server.Address.ToString().TrimEnd('/'));

    /// <summary>The good token reads as we meant it, a tampered one does not read at all.</summary>
    private async Task ChecksAsync(SecondReader reader, string kind, string address)
    {
        var token = door.Client.Access!;
        Assert.Equal(Forge.Read(door.Forge.Payload).ToJsonString(), (await reader.ReadAsync(kind, address, token))?.ToJsonString());
        var admin = door.Forge.WithClaims(claims => claims["roles"] = new System.Text.Json.Nodes.JsonArray("admin")).Split('.')[1];
        Assert.Null(await reader.ReadAsync(kind, address, $"{door.Forge.Header}.{admin}.{token.Split('.')[2]}"));
        Assert.Null(await reader.ReadAsync(kind, address, door.Forge.WithHeader(header => header["kid"] = "another")));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
