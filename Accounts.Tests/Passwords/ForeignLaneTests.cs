using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Hashes of 100 MiB are computed one at a time, and few wait for that.</summary>
[Trait("Pace", "long")]
public sealed class ForeignLaneTests(ForeignLaneTests.Throttled shared) : IClassFixture<ForeignLaneTests.Throttled>
{
    private const int AtOnce = 10;

    private static readonly HashVector Vector = HashVector.OfKind("argon2$argon2id$v=19$m=102400,t=2,p=8$");

    private readonly TestServer server = shared.Server;

    /// <summary>Of 16 places 4 are for what takes memory, and one of those for known devices.</summary>
    public sealed class Throttled(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:HashQueueLength", "16"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
        ("Accounts:TrustedProxies", "127.0.0.1"));

    [Fact]
    public async Task SG_18_Of_many_that_take_much_memory_few_wait_and_nobody_else_waits_for_them()
    {
        using var client = server.Client();
        var ordinary = await client.RegisterSomebodyAsync();
        var people = new List<Person>();
        for (var i = 0; i < AtOnce; i++)
        {
            people.Add(await client.RegisterSomebodyAsync() with { Password = Vector.Password });
            await server.Database.PlantHashAsync(people[i], Vector.Hash);
        }
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");

        var flood = Task.WhenAll(people.Select((person, i) => client.LoginFromAsync($"10.5.{i}.1", person)));
        Assert.Equal(200, (await client.LoginFromAsync("10.6.0.1", ordinary)).Status);
        Assert.False(flood.IsCompleted);
        var answers = await flood;

        var refused = answers.Where(answer => answer.Status != 200).ToArray();
        Assert.InRange(refused.Length, 1, AtOnce - 1);
        Assert.All(refused, answer => Assert.True(answer.Status == 503 && answer["code"] == "unavailable" && answer.Header("Retry-After") is not null, answer.ToString()));
        // What was not tried was no guess.
        Assert.Equal(0, await server.Database.CountAsync("throttle_counters", "count > 0"));
        Assert.Equal(refused.Length, await server.Database.CountAsync("users", "password_hash = @hash", ("hash", Vector.Hash)));
    }
}
