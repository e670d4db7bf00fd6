using Accounts.Core.Data.Upgrade;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>What was recorded by versions that made no chain, and what was signed under another secret key.</summary>
[Trait("Pace", "long")]
public sealed class OlderHistoryTests(Postgres postgres)
{
    private const string NextKey = "the next secret key of the tests and long enough too";

    [Fact]
    public async Task HI_07_Events_of_before_there_was_a_chain_stay_and_it_begins_behind_them()
    {
        var database = new TestDatabase(await postgres.CreateEmptyDatabaseAsync());
        await using (var db = DatabaseUpgrade.Open($"{database.ConnectionString};Pooling=false"))
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().TakeWhile(migration => !migration.EndsWith("_EventChain", StringComparison.Ordinal)).Last());
        }
        // The newest two have had their time, or were rolled back: their numbers are not given again.
        await database.ExecuteAsync("""
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, number)
            SELECT gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '1 day', '', '', nextval('security_event_numbers') FROM generate_series(1, 100);
            SELECT nextval('security_event_numbers'), nextval('security_event_numbers');
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent) SELECT gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '1 hour', '', ''
            """);
        await using var server = await TestServer.StartOnAsync(database.ConnectionString);
        await server.BegunAsync();
        await server.MakeHistoryAsync();
        var report = await server.VerifyAsync();
        Assert.True(report.GetProperty("whole").GetBoolean(), report.ToString());
        Assert.Equal(102, report.GetProperty("after").GetInt64());
        Assert.Equal(100, await database.CountAsync("security_events", "number <= 102 AND link IS NULL"));
        Assert.Equal(await server.EndAsync() - 102, await database.CountAsync("security_events", "number > 102 AND link IS NOT NULL"));
        await server.IsWrongAfterAsync("DELETE FROM security_events WHERE number = 103", "missing 103");
    }

    /// <summary>The previous one is taken out once all is kept under the next.</summary>
    [Fact]
    public async Task HI_05_A_head_is_proved_after_the_secret_key_was_replaced()
    {
        var before = await TestServer.StartAsync(postgres);
        await before.BegunAsync();
        await before.MakeHistoryAsync();
        var head = await before.SignAsync(TimeSpan.FromMinutes(50));
        await before.DisposeAsync();
        await (await TestServer.StartOnAsync(before.Database.ConnectionString, ("Accounts:SecretKey", NextKey), ("Accounts:PreviousSecretKeys", TestSettings.SecretKey))).DisposeAsync();
        await using var after = await TestServer.StartOnAsync(before.Database.ConnectionString, ("Accounts:SecretKey", NextKey));
        await after.Database.ExecuteAsync("DELETE FROM signing_keys");
        Assert.Empty(await after.WrongAsync("--head", head));
    }
}
