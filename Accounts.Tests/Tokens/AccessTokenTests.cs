using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>What an access token says, that nothing else passes for one, and that it dies with its session.</summary>
public sealed class AccessTokenTests(Postgres postgres) : IAsyncLifetime
{
    private const int MostBytes = 2048;

    private static readonly string[] Claims =
    [
        "acr", "amr", "aud", "auth_time", "client_id", "email_verified", "exp", "iat", "iss", "jti", "roles", "sid", "sub", "token_type", "user_id", "ver",
    ];

    private Doorkeeper door = null!;

    public async ValueTask InitializeAsync() => door = await Doorkeeper.StartAsync(postgres);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task AT_03_An_access_token_has_the_header_and_claims_of_the_profile()
    {
        var (header, claims) = (Forge.Read(door.Forge.Header), Forge.Read(door.Forge.Payload));
        Assert.Equal(["alg", "kid", "typ"], header.Select(member => member.Key).Order());
        Assert.Equal(("ES256", "at+jwt", door.Forge.Key.Id), ((string)header["alg"]!, (string)header["typ"]!, (string)header["kid"]!));
        Assert.Equal(Claims, claims.Select(member => member.Key).Order(StringComparer.Ordinal));
        var issuer = door.Server.Address.ToString().TrimEnd('/');
        Assert.Equal((issuer, issuer, issuer), ((string)claims["iss"]!, (string)claims["aud"]!, (string)claims["client_id"]!));
        Assert.Equal(600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal("access", (string)claims["token_type"]!);
        Assert.Equal((await door.Client.MeAsync())["id"], (string)claims["sub"]!);
        Assert.Equal(1, await door.Server.Database.CountAsync("sessions", "id = @id", ("id", Guid.Parse((string)claims["sid"]!))));
    }

    [Fact]
    public async Task AT_03_No_two_access_tokens_have_one_jti()
    {
        using var client = door.Server.Client();
        var tokens = new[] { door.Client.Access!, (await client.SignInAsync(door.Person)).Access, (await client.RefreshAsync()).Access, (await client.RefreshAsync()).Access };
        Assert.Equal(tokens.Length, tokens.Select(token => (string)Forge.Read(token.Split('.')[1])["jti"]!).Distinct().Count());
    }

    [Fact]
    public async Task AT_03_An_access_token_tells_nothing_personal_and_stays_small_with_20_roles()
    {
        var roles = Enumerable.Range(10, 20).Select(i => $"role-{i}".PadRight(32, 'x')).ToArray();
        await door.Server.Database.ExecuteAsync("UPDATE users SET roles = @roles", ("roles", roles));
        var token = (await door.Client.SignInAsync(door.Person)).Access;
        var payload = Forge.Read(token.Split('.')[1]);
        Assert.Equal(roles, payload["roles"]!.AsArray().Select(role => (string)role!));
        Assert.InRange(token.Length, 500, MostBytes);
        Assert.DoesNotContain(door.Person.Username, payload.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(door.Person.Email, payload.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AT_03_A_token_of_another_kind_is_no_access_token()
    {
        var mailed = await door.Server.Mailbox.TokenAsync(door.Person.Email);
        JsonNode?[] types = ["JWT", "jwt", "AT+JWT", "application/at+jwt", "id+jwt", "logout+jwt", "secevent+jwt", "", null, 1];
        JsonNode?[] kinds = ["refresh", "mfa", "id", "Access", "", null, 1];
        await door.RefusesAllAsync([("the refresh token", door.Client.RefreshCookie!), ("the mailed token", mailed), ("Google's ID token", GooglesIdToken())]);
        await door.RefusesAllAsync(types.Select(type => ($"typ {type}", door.Forge.WithHeader(header => header["typ"] = type))));
        await door.RefusesAllAsync([("no typ", door.Forge.WithHeader(header => header.Remove("typ"))), ("no token_type", door.Forge.WithoutClaim("token_type"))]);
        await door.RefusesAllAsync(kinds.Select(kind => ($"token_type {kind}", door.Forge.WithClaim("token_type", kind))));
    }

    [Fact]
    public async Task AT_03_An_access_token_is_no_token_of_another_kind()
    {
        var refresh = await door.Client.RefreshAsync(door.Client.Access!);
        Assert.Equal((401, "invalid"), (refresh.Status, refresh["reason"]));
        var verify = await door.Client.PostAsync("/api/auth/verify-email/", new { token = door.Client.Access });
        Assert.Equal((400, "invalid_token"), (verify.Status, verify["code"]));
        Assert.Equal(0, await door.Server.Database.CountAsync("users", "email_verified"));
        Assert.Equal(1, await door.Server.Database.CountAsync("sessions", "generation = 0 AND ended_at IS NULL"));
    }

    [Fact]
    public async Task AT_05_After_logout_the_access_token_is_refused_on_every_node_at_once()
    {
        await using var other = await TestServer.StartOnAsync(door.Server.Database.ConnectionString, ("Accounts:PublicUrl", $"{door.Server.Address}"));
        using var elsewhere = other.Client();
        Assert.Equal(200, (await elsewhere.MeAsync(door.Client.Access)).Status);
        Assert.Equal(200, (await door.Client.LogoutAsync()).Status);
        foreach (var node in new[] { door.Client, elsewhere })
        {
            await RefusedAsRevokedAsync(node, door.Client.Access!);
        }
        Assert.Equal(1, await door.Server.Database.CountAsync("sessions", "ended_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("UPDATE users SET is_active = false"), InlineData("UPDATE users SET deleted_at = now()")]
    [InlineData("UPDATE sessions SET created_at = created_at - interval '91 days'"), InlineData("UPDATE sessions SET rotated_at = rotated_at - interval '15 days'")]
    public async Task AT_05_The_access_token_of_a_user_or_session_that_does_not_live_is_refused(string statement)
    {
        Assert.Equal(200, (await door.Client.MeAsync()).Status);
        Assert.Equal(1, await door.Server.Database.ExecuteAsync(statement));
        await RefusedAsRevokedAsync(door.Client, door.Client.Access!);
        Assert.Equal(1, await door.Server.Database.CountAsync("sessions"));
    }

    private static async Task RefusedAsRevokedAsync(ApiClient node, string access)
    {
        var me = await node.MeAsync(access);
        Assert.Equal((401, "token_not_valid", "revoked"), (me.Status, me["code"], me["reason"]));
        var verify = await node.PostAsync("/api/auth/token/verify/", new { token = access });
        Assert.Equal((401, "token_not_valid", "revoked"), (verify.Status, verify["code"], verify["reason"]));
    }

    /// <summary>As Google signs them, down to the audience.</summary>
    private static string GooglesIdToken()
    {
        using var rsa = RSA.Create(2048);
        var header = Base64Url.EncodeToString("""{"alg":"RS256","kid":"2af90e87be140c20038898a6efa11283dab6031d","typ":"JWT"}"""u8);
        var payload = Base64Url.EncodeToString("""{"iss":"https://accounts.google.com","aud":"1.apps.googleusercontent.com","sub":"1","exp":4102444800,"iat":1}"""u8);
        var signed = System.Text.Encoding.ASCII.GetBytes($"{header}.{payload}");
        return $"{header}.{payload}.{Base64Url.EncodeToString(rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
