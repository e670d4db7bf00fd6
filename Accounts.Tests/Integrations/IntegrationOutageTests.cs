using System.Text.Json.Nodes;
using Accounts.Tests.SigningKeys;
using Accounts.Tests.Support;
using Accounts.Tests.Tokens;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>Keys that turn, and an issuer that is away: no good token is refused for it, and no bad one passes.</summary>
[Trait("Pace", "long")]
public sealed class IntegrationOutageTests(IntegrationFixture shared) : IClassFixture<IntegrationFixture>
{
    public static TheoryData<string> Names => [.. IntegrationService.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task Keys_that_are_known_stay_good_while_the_issuer_is_away_and_nobody_passes_unasked(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        await using var service = await shared.StartAsync(name, Settings(front, lifetime: 0.5, pause: 0.5));
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        var unknown = Forge.For(shared.Server, client.Access!).WithHeader(header => header["kid"] = "another");
        await AnswersAsync(service, "/whoami", client.Access!, 200);
        foreach (var mode in IssuerFront.Away)
        {
            var before = front.KeysRead;
            front.Mode = mode;
            await Until.TrueAsync(async () =>
            {
                await AnswersAsync(service, "/whoami", client.Access!, 200);
                return front.KeysRead > before;
            }, $"it asks in vain ({mode})");
            await AnswersAsync(service, "/whoami", client.Access!, 200);
            foreach (var (path, token) in new[] { ("/whoami", unknown), ("/transfers", client.Access!) })
            {
                var answer = await service.GetAsync(path, token);
                Assert.True((answer.Status, answer["code"], answer.Header("Retry-After")) == (503, "unavailable", "5"), $"{mode} {path}: {answer}");
            }
            front.Mode = IssuerFront.Passes;
            await Until.TrueAsync(async () => (await service.GetAsync("/whoami", unknown)).Status == 401, "it can ask again");
            await AnswersAsync(service, "/transfers", client.Access!, 200);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_service_that_starts_while_the_issuer_is_away_says_so_and_then_works(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        front.Mode = IssuerFront.Fails;
        await using var service = await shared.StartAsync(name, Settings(front, pause: 0.5));
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        await AnswersAsync(service, "/whoami", client.Access!, 503);
        Assert.Equal(401, (await service.GetAsync("/whoami", null)).Status);
        front.Mode = IssuerFront.Passes;
        await Until.TrueAsync(async () => (await service.GetAsync("/whoami", client.Access)).Status == 200, "it has the keys");
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Names_of_keys_that_there_are_not_have_the_issuer_asked_once_and_not_again_for_a_while(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        await using var service = await shared.StartAsync(name, Settings(front, pause: 60));
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        var forge = Forge.For(shared.Server, client.Access!);
        await AnswersAsync(service, "/whoami", client.Access!, 200);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(async n => (await service.GetAsync("/whoami", forge.WithHeader(header => header["kid"] = $"another {n}"))).Status));
        Assert.All(statuses, status => Assert.Equal(401, status));
        await AnswersAsync(service, "/whoami", client.Access!, 200);
        Assert.Equal(2, front.KeysRead);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task AT_07_A_new_key_is_taken_at_once_and_one_that_was_revoked_no_more(string name)
    {
        await using var service = await shared.StartAsync(name);
        using var client = shared.Server.Client();
        var person = await client.SignInSomebodyAsync();
        var (old, key) = (client.Access!, CachingClient.KeyIdOf(client.Access!));
        await AnswersAsync(service, "/whoami", old, 200);
        var revoked = await shared.Server.CommandAsync("keys", "revoke", key);
        Assert.True(revoked.ExitCode == 0, $"{revoked}");
        await Until.TrueAsync(async () => CachingClient.KeyIdOf((await client.SignInAsync(person)).Access) != key, "another key signs", TimeSpan.FromMinutes(1));
        await Until.TrueAsync(async () => !(await client.GetAsync("/.well-known/jwks.json")).Text.Contains(key, StringComparison.Ordinal), "it is published no more", TimeSpan.FromMinutes(1));
        await AnswersAsync(service, "/whoami", client.Access!, 200);
        await AnswersAsync(service, "/whoami", old, 401);
    }

    private static JsonObject Settings(IssuerFront front, double? lifetime = null, double? pause = null)
    {
        var settings = new JsonObject { ["server"] = front.Address };
        foreach (var (key, value) in new[] { ("keys_lifetime", lifetime), ("keys_pause", pause) }.Where(one => one.Item2 is not null))
        {
            settings[key] = value;
        }
        return settings;
    }

    private static async Task AnswersAsync(IntegrationService service, string path, string token, int status)
    {
        var answer = await service.GetAsync(path, token);
        Assert.True(answer.Status == status, $"{path}: {answer}");
    }
}
