using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Hosting;

/// <summary>A node that has just become ready is sent as many as any other.</summary>
[Trait("Pace", "long")]
public sealed class WarmupTests(Postgres postgres)
{
    private const int Many = 40;

    /// <summary>With hashes as costly as in production.</summary>
    [Fact]
    public async Task All_of_many_who_sign_in_at_once_at_a_node_that_has_just_become_ready_are_let_in()
    {
        var database = await postgres.CreateDatabaseAsync();
        (string, string)[] costly = [("environment", "Production")];
        var people = new List<Person>();
        await using (var before = await ServerProcess.StartAsync(database, costly))
        {
            for (var i = 0; i < Many; i++)
            {
                using var client = before.Client();
                people.Add(await client.RegisterSomebodyAsync());
            }
        }
        await using var fresh = await ServerProcess.StartAsync(database, costly);
        var statuses = await Task.WhenAll(people.Select(async person =>
        {
            using var client = fresh.Client();
            return (await client.LoginAsync(person)).Status;
        }));
        Assert.Equal(Enumerable.Repeat(200, Many), statuses);
    }

    [Fact]
    public async Task What_warms_up_leaves_nothing_behind()
    {
        await using var server = await TestServer.StartAsync(postgres);
        await server.WaitUntilReadyAsync();
        foreach (var table in new[] { "users", "sessions", "security_events", "outbox_messages", "throttle_counters" })
        {
            Assert.Equal(0, await server.Database.CountAsync(table));
        }
        // The workers have begun, and are in the middle of something now and then.
        await Until.TrueAsync(async () => await server.Database.CountAsync("pg_stat_activity", "datname = current_database() AND state = 'idle in transaction'") == 0, "no transaction is left open");
    }
}
