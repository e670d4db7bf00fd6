using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Security;

public sealed class ThrottleTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "1000"), ("Accounts:Throttling:HashesWaitingPerNetwork", "100"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task RL_01_Of_200_parallel_wrong_passwords_few_reach_the_hasher_and_the_right_one_waits()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var wrong = person with { Password = Some.OtherPassword };
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => other.LoginAsync(wrong)));
        Assert.InRange(answers.Count(answer => answer.Status == 401), 10, 11);
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 401, 429, 503 }));
        var refused = await other.LoginAsync(person);
        Assert.Equal("throttled", refused["code"]);
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = blocked_until - interval '1 hour'");
        Assert.Equal(200, (await other.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RL_02_The_owners_own_device_still_signs_in_while_the_account_is_attacked()
    {
        using var owner = server.Client();
        using var attacker = server.Client();
        var person = await owner.SignInSomebodyAsync();
        var wrong = person with { Password = Some.OtherPassword };
        for (var i = 0; i < 12; i++)
        {
            await attacker.LoginAsync(wrong);
        }
        Assert.Equal(429, (await attacker.LoginAsync(person)).Status);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }
}
