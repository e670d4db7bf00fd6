using System.Globalization;
using Accounts.Core.Throttling;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>Registrations of one client, counted at all nodes together. The client's address is what the trusted proxy says.</summary>
[Trait("Pace", "long")]
public sealed class RegistrationThrottleTests(Postgres postgres)
{
    [Fact]
    public async Task RL_06_Both_nodes_count_the_registrations_of_one_address_together()
    {
        var three = Limits(3);
        await using var first = await TestServer.StartAsync(postgres, three);
        await using var second = await TestServer.StartOnAsync(first.Database.ConnectionString, three);
        using var one = first.Client();
        using var other = second.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : other).RegisterAsync(Some.Person())));
        Assert.Equal(3, answers.Count(answer => answer.Status == 201));
        Assert.Equal(3, await first.Database.CountAsync("users"));
        var refused = Assert.Single(answers.Where(answer => answer.Status != 201).DistinctBy(answer => answer["code"]));
        Assert.Equal("throttled", refused["code"]);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 3600);
        var counters = await first.Database.CountAsync("throttle_counters");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(400, (await one.PostAsync("/api/auth/register/", new { }, ("X-Forwarded-For", "203.0.113.8"))).Status);
        }
        Assert.Equal(counters, await first.Database.CountAsync("throttle_counters"));
        Assert.Equal(201, await RegisterFromAsync(other, "203.0.113.7"));
        await first.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = expires_at - interval '1 hour'");
        await using var third = await TestServer.StartOnAsync(first.Database.ConnectionString, three);
        using var later = third.Client();
        Assert.Equal(201, (await later.RegisterAsync(Some.Person())).Status);
    }

    [Fact]
    public async Task RL_06_Both_nodes_count_the_registrations_of_one_48_together()
    {
        await using var first = await TestServer.StartAsync(postgres, Limits(1));
        await using var second = await TestServer.StartOnAsync(first.Database.ConnectionString, Limits(1));
        using var one = first.Client();
        using var other = second.Client();
        var statuses = new List<int>();
        for (var i = 0; i < ClientThrottle.ClientsPerSite + 4; i++)
        {
            statuses.Add(await RegisterFromAsync(i % 2 == 0 ? one : other, $"2001:db8:1:{i:x}::1"));
        }
        Assert.Equal([.. Enumerable.Repeat(201, ClientThrottle.ClientsPerSite), .. Enumerable.Repeat(429, 4)], statuses);
        Assert.Equal(201, await RegisterFromAsync(one, "2001:db8:2::1"));
        Assert.Equal(429, await RegisterFromAsync(other, "2001:db8:2::2"));
    }

    [Fact]
    public async Task RL_06_A_registration_that_could_not_be_looked_at_does_not_count()
    {
        await using var server = await TestServer.StartOnAsync(await postgres.CreateDatabaseAsync() + ";Command Timeout=2", Limits(1));
        using var client = server.Client();
        var person = Some.Person();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("LOCK TABLE outbox_messages");
            (await client.RegisterAsync(person)).AssertRefused(503, "unavailable");
        }
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        (await client.RegisterAsync(Some.Person())).AssertRefused(429, "throttled");
    }

    private static (string, string)[] Limits(int registrations) =>
    [
        ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", registrations.ToString(CultureInfo.InvariantCulture)),
        ("Accounts:Throttling:HashesWaitingPerNetwork", "100"), ("Accounts:TrustedProxies", "127.0.0.1"),
    ];

    private static async Task<int> RegisterFromAsync(ApiClient client, string address) =>
        (await client.PostAsync("/api/auth/register/", Registration(), ("X-Forwarded-For", address))).Status;

    private static object Registration()
    {
        var person = Some.Person();
        return new { username = person.Username, email = person.Email, password = person.Password };
    }
}
