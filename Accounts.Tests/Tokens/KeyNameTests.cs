using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>A header only selects one of the keys that the server knows; it brings none and fetches none (RFC 8725 section 3.10).</summary>
[Trait("Pace", "long")]
public sealed class KeyNameTests(Postgres postgres) : IAsyncLifetime
{
    private readonly TcpListener canary = new(IPAddress.Loopback, 0);
    private Doorkeeper door = null!;

    public async ValueTask InitializeAsync()
    {
        canary.Start();
        door = await Doorkeeper.StartAsync(postgres);
    }

    public ValueTask DisposeAsync()
    {
        canary.Dispose();
        return door.DisposeAsync();
    }

    private string CanaryAddress => $"http://{canary.LocalEndpoint}/keys.json";

    [Fact]
    public async Task AT_02_A_key_name_that_names_none_of_our_keys_is_refused()
    {
        string[] names =
        [
            "", "../../dev/null", "/dev/null", "' OR 1=1 --", "x'; DROP TABLE signing_keys; --", CanaryAddress, "file:///etc/passwd", "\0",
            door.Forge.Key.Id + " ", door.Forge.Key.Id.ToUpperInvariant(), new('k', 2000), new('k', 10_240),
        ];
        await door.RefusesAllAsync(names.Select(name => (name, door.Forge.WithHeader(header => header["kid"] = name))));
        Assert.Equal(1, await door.Server.Database.CountAsync("signing_keys"));
        Assert.False(canary.Pending());
    }

    [Fact]
    public async Task AT_02_A_key_name_of_another_kind_or_none_is_refused()
    {
        JsonNode?[] names = [null, 1, true, new JsonArray(door.Forge.Key.Id), new JsonObject { ["kid"] = door.Forge.Key.Id }];
        await door.RefusesAllAsync(names.Select(name => ($"{name}", door.Forge.WithHeader(header => header["kid"] = name?.DeepClone()))));
        await door.RefusesAllAsync([("missing", door.Forge.WithHeader(header => header.Remove("kid")))]);
    }

    [Theory]
    [InlineData("jku"), InlineData("x5u")]
    public async Task AT_02_An_address_in_the_header_is_never_fetched(string member)
    {
        var stranger = SigningKey.Create();
        await door.RefusesAllAsync([
            ("a stranger's key", door.Forge.WithHeader(header => Point(header, member, stranger.Id), bytes => stranger.Sign(bytes))),
            ("a stranger's key under our name", door.Forge.WithHeader(header => Point(header, member, door.Forge.Key.Id), bytes => stranger.Sign(bytes))),
        ]);
        await door.AcceptsAsync("our own key, the address is not looked at", door.Forge.WithHeader(header => header[member] = CanaryAddress));
        Assert.False(canary.Pending());
    }

    [Fact]
    public async Task AT_02_A_key_in_the_header_is_never_trusted()
    {
        var stranger = SigningKey.Create();
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = stranger.X, ["y"] = stranger.Y, ["kid"] = stranger.Id };
        var x5c = new JsonArray(Certificate(stranger));
        await door.RefusesAllAsync(
            from member in new[] { (Name: "jwk", Value: (JsonNode)jwk), (Name: "x5c", Value: x5c) }
            from kid in new[] { stranger.Id, door.Forge.Key.Id }
            select ($"{member.Name} as {kid}", door.Forge.WithHeader(
                header => (header[member.Name], header["kid"]) = (member.Value.DeepClone(), kid), bytes => stranger.Sign(bytes))));
    }

    [Fact]
    public async Task AT_02_What_a_token_calls_critical_is_not_understood_here()
    {
        JsonNode?[] lists = [new JsonArray("exp"), new JsonArray(), new JsonArray("b64"), "exp", null];
        await door.RefusesAllAsync(lists.Select(list => ($"{list}", door.Forge.WithHeader(header => header["crit"] = list?.DeepClone()))));
    }

    [Fact]
    public async Task AT_02_A_header_that_is_no_proper_JSON_object_is_refused()
    {
        var good = Forge.Read(door.Forge.Header).ToJsonString();
        string[] headers =
        [
            "", "null", "[]", "\"ES256\"", "{", good + "x", good + good, "{\"a\":" + new string('[', 500) + new string(']', 500) + "}",
            good.Replace(door.Forge.Key.Id, "\\ud800", StringComparison.Ordinal), good.Replace("ES256", "\\udfff", StringComparison.Ordinal),
            good.Replace("{", "{\"\\ud800\":1,", StringComparison.Ordinal), good.Replace("{", "{\"crit\":1,", StringComparison.Ordinal),
            good.Replace("\"alg\"", "\"\\ud800lg\"", StringComparison.Ordinal),
        ];
        await door.RefusesAllAsync(headers.Select(header => (header, door.Forge.WithRawHeader(header))));
        byte[] notUtf8 = [.. "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        await door.RefusesAsync("not UTF-8", door.Forge.Sign(Forge.Encode(notUtf8), door.Forge.Payload));
    }

    private void Point(JsonObject header, string member, string kid) => (header[member], header["kid"]) = (CanaryAddress, kid);

    private static string Certificate(SigningKey key)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.ToPkcs8(), out _);
        using var certificate = new CertificateRequest("CN=stranger", ecdsa, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }
}
