using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>The examples of <c>docs/resource-servers.md</c> do what that page says of them.</summary>
[Trait("Pace", "long")]
public sealed class ResourceServerTests(Postgres postgres)
{
    private const string ClientId = "shop", ClientSecret = "a secret that only the shop and Accounts know";

    private static readonly TimeSpan EveryNode = Patience.Of(TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("express"), InlineData("django"), InlineData("aspnetcore")]
    public async Task AT_06_An_example_lets_a_good_token_in_and_no_other(string example)
    {
        await using var door = await Doorkeeper.StartAsync(postgres);
        await using var service = await ResourceServer.StartAsync(example, door.Server.Address);
        await LetsInAsync(service, door);
        foreach (var (what, token) in BadTokens(door))
        {
            var answer = await service.GetAsync("/whoami", token);
            Assert.True(answer.Status == 401 && answer.Header("WWW-Authenticate")!.StartsWith("Bearer", StringComparison.Ordinal), $"{what}: {answer}");
        }
        await LetsInAsync(service, door);
    }

    [Fact]
    public async Task AT_05_After_a_logout_a_service_that_checks_by_itself_accepts_until_exp_and_one_that_asks_refuses_at_once()
    {
        await using var door = await Doorkeeper.StartAsync(postgres, ("Accounts:Tokens:IntrospectionClients", $"{ClientId}:{ClientSecret}"));
        await using var service = await ResourceServer.StartAsync("express", door.Server.Address, ("CLIENT_ID", ClientId), ("CLIENT_SECRET", ClientSecret));
        var token = door.Client.Access!;
        var transfer = await service.SendAsync(HttpMethod.Post, "/transfers", token);
        Assert.True(transfer.Status == 201, transfer.ToString());
        Assert.Equal(200, (await door.Client.LogoutAsync()).Status);
        Assert.Equal(200, (await service.GetAsync("/whoami", token)).Status);
        Assert.Equal(401, (await service.SendAsync(HttpMethod.Post, "/transfers", token)).Status);
        Assert.Equal(1, await door.Server.Database.CountAsync("sessions", "end_reason = 'logout'"));
    }

    [Theory]
    [InlineData("express"), InlineData("django"), InlineData("aspnetcore")]
    public async Task SG_02_An_example_asks_for_a_proof_by_two_factors_within_five_minutes(string example)
    {
        await using var door = await Doorkeeper.StartAsync(postgres);
        await using var service = await ResourceServer.StartAsync(example, door.Server.Address);
        await door.Server.Database.ExecuteAsync("UPDATE users SET email_verified = true, verified_by = 'code', verified_at = now()");
        var enrolled = await door.Client.EnrolAsync();
        foreach (var token in new[] { door.Client.Access!, door.Forge.WithClaims(claims => (claims["acr"], claims["auth_time"]) = ("aal2", DateTimeOffset.UtcNow.AddMinutes(-6).ToUnixTimeSeconds())) })
        {
            var refused = await service.GetAsync("/payouts", token);
            Assert.True(refused.Status == 401, refused.ToString());
            Assert.Contains("error=\"insufficient_user_authentication\", max_age=\"300\", acr_values=\"aal2\"", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
        await door.Client.ProveAgainAsync(enrolled.RecoveryCodes[0]);
        Assert.Equal(200, (await service.GetAsync("/payouts", door.Client.Access)).Status);
        Assert.Equal(401, (await service.GetAsync("/payouts", "garbage")).Status);
    }

    [Fact]
    public async Task A_role_in_the_token_opens_what_asks_for_it()
    {
        await using var door = await Doorkeeper.StartAsync(postgres);
        await using var service = await ResourceServer.StartAsync("aspnetcore", door.Server.Address);
        Assert.Equal(403, (await service.GetAsync("/admin", door.Client.Access)).Status);
        Assert.Equal(200, (await service.GetAsync("/admin", door.Forge.WithClaim("roles", new JsonArray("admin")))).Status);
    }

    [Fact]
    public async Task AT_07_A_service_that_has_read_the_keys_again_refuses_what_a_revoked_one_has_signed()
    {
        await using var door = await Doorkeeper.StartAsync(postgres);
        await using var service = await ResourceServer.StartAsync("aspnetcore", door.Server.Address);
        await LetsInAsync(service, door);
        await using var revoke = await ServerProcess.RunAsync(["keys", "revoke", door.Forge.Key.Id], door.Server.Database.ConnectionString);
        Assert.True(revoke.ExitCode == 0, revoke.Output);
        await Until.TrueAsync(
            async () => !(await door.Client.GetAsync("/.well-known/jwks.json")).Text.Contains(door.Forge.Key.Id, StringComparison.Ordinal), "it is published no more", EveryNode);
        // It reads them every 5 minutes, and within 10 seconds for a key that it does not know.
        var unknown = door.Forge.WithHeader(header => header["kid"] = "another");
        await Until.TrueAsync(
            async () => (await service.GetAsync("/whoami", unknown)).Status == 401 && (await service.GetAsync("/whoami", door.Client.Access)).Status == 401,
            "the token is refused", EveryNode);
    }

    [Fact]
    public void The_packages_of_the_example_are_those_that_it_is_tested_with()
    {
        var (example, tests) = (Dependencies("docs/examples/express"), Dependencies("Accounts.Tests/Support/node"));
        Assert.NotEmpty(example);
        Assert.Empty(example.Except(tests));
    }

    private static async Task LetsInAsync(ResourceServer service, Doorkeeper door)
    {
        var answer = await service.GetAsync("/whoami", door.Client.Access);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal((string)Forge.Read(door.Forge.Payload)["sub"]!, answer["user"]);
    }

    private static (string What, string? Token)[] BadTokens(Doorkeeper door)
    {
        var (forge, token) = (door.Forge, door.Client.Access!);
        var admin = forge.WithClaim("roles", new JsonArray("admin")).Split('.')[1];
        return
        [
            ("none", null),
            ("no token at all", "garbage"),
            ("changed claims under the old signature", $"{forge.Header}.{admin}.{token.Split('.')[2]}"),
            ("a signature of zeros", forge.WithSignature(new byte[64])),
            ("unsigned", forge.WithHeader(header => header["alg"] = "none", _ => [])),
            ("HMAC under the key's name", forge.WithHeader(header => header["alg"] = "HS256", bytes => System.Security.Cryptography.HMACSHA256.HashData(forge.PrivateKey().ExportSubjectPublicKeyInfo(), bytes))),
            ("an unknown key", forge.WithHeader(header => header["kid"] = "another")),
            ("another audience", forge.WithClaim("aud", "https://another.example.test")),
            ("another issuer", forge.WithClaim("iss", "https://another.example.test")),
            ("expired", forge.WithClaim("exp", DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds())),
        ];
    }

    private static string[] Dependencies(string folder) =>
        [.. JsonDocument.Parse(Repository.Read($"{folder}/package.json")).RootElement.GetProperty("dependencies").EnumerateObject().Select(package => package.ToString())];
}
