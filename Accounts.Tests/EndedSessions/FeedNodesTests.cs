using Accounts.Api.EndedSessions;
using Accounts.Core.Data;
using Accounts.Core.EndedSessions;
using Accounts.Core.Failures;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Accounts.Tests.EndedSessions;

/// <summary>The feed over several nodes, of one that stops, of one whose database fails, and after a backup was put back.</summary>
[Trait("Pace", "long")]
public sealed class FeedNodesTests(Postgres postgres)
{
    private const int Followers = 60;

    [Fact]
    public async Task FE_03_A_service_goes_on_at_another_node_and_misses_nothing_while_both_number()
    {
        await using var one = await TestServer.StartAsync(postgres, ProgramServer.Settings);
        await using var other = await TestServer.StartOnAsync(one.Database.ConnectionString, ProgramServer.Settings);
        using var service = one.Client();
        var cursor = await service.CursorAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => one.Database.PlantEndsAsync(100)));
        var (told, ended) = (new HashSet<Guid>(), new List<Guid>());
        for (var n = 0; n < 10; n++)
        {
            ended.Add(await (n % 2 == 0 ? one : other).SignOutSomebodyAsync());
            service.Address = (n % 2 == 0 ? other : one).Address;
            (var read, cursor) = await service.FollowAsync(cursor, ended[^1]);
            Assert.All(read, entry => Assert.True(told.Add(entry.GetProperty("sid").GetGuid())));
        }
        Assert.Equal(2_010, told.Count);
        Assert.Equal(2_010, await one.Database.ScalarAsync<long>("SELECT count(DISTINCT number) FROM ended_sessions"));
    }

    /// <summary>Two connections are all that there are.</summary>
    [Fact]
    public async Task FE_05_Who_follows_holds_no_connection_and_all_are_woken_at_once()
    {
        var narrow = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { MaxPoolSize = 2 };
        await using var server = await TestServer.StartOnAsync(narrow.ConnectionString, ProgramServer.Settings);
        using var service = server.Client();
        var cursor = await service.CursorAsync();
        var waiting = Enumerable.Range(0, Followers).Select(_ => service.AskFeedAsync(cursor, wait: 30)).ToArray();
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(200, (await client.MeAsync()).Status);
        }
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        var session = client.Id();
        await client.LogoutAsync();
        Assert.All(await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(10)), answer => Assert.Single(answer.Ended(), entry => entry.Is(session)));
    }

    [Fact]
    public async Task FE_05_A_server_that_stops_lets_all_go_at_once()
    {
        var server = await TestServer.StartAsync(postgres, ProgramServer.Settings);
        using var service = server.Client();
        var cursor = await service.CursorAsync();
        var waiting = Enumerable.Range(0, Followers).Select(_ => service.AskFeedAsync(cursor, wait: 30)).ToArray();
        await Until.TrueAsync(() => Task.FromResult(Hanging(server) == Followers), "they all hang");
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Empty(answer.Ended()));
    }

    /// <summary>As many as there is no more room for.</summary>
    private static int Hanging(TestServer server)
    {
        var (limit, places) = (server.Services.GetRequiredService<FollowerLimit>(), new List<IDisposable>());
        try
        {
            while (true)
            {
                places.Add(limit.Enter("orders"));
            }
        }
        catch (ThrottledException)
        {
            places.ForEach(place => place.Dispose());
            return FollowerLimit.Most - places.Count;
        }
    }

    [Fact]
    public async Task FE_05_Who_follows_is_told_that_the_feed_is_lost_and_has_what_ended_meanwhile()
    {
        await using var server = await TestServer.StartAsync(postgres, ProgramServer.Settings);
        using var service = server.Client();
        var cursor = await service.CursorAsync();
        var waiting = service.AskFeedAsync(cursor, wait: 30);
        await server.Database.ExecuteAsync("ALTER TABLE feed_origins RENAME TO elsewhere; ALTER TABLE ended_sessions RENAME COLUMN number TO lost");
        (await waiting).AssertRefused(503, "unavailable");
        (await service.AskFeedAsync("kept")).AssertRefused(503, "unavailable");
        await server.Database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO feed_origins; ALTER TABLE ended_sessions RENAME COLUMN lost TO number");
        var session = await server.SignOutSomebodyAsync();
        await Until.TrueAsync(async () => (await service.AskFeedAsync(cursor)).Status == 200, "it can be read again");
        await service.FollowAsync(cursor, session);
    }

    [Fact]
    public async Task FE_03_After_a_backup_was_put_back_places_of_before_are_gone_and_a_new_start_has_all()
    {
        var server = await TestServer.StartAsync(postgres, ProgramServer.Settings);
        using var service = server.Client();
        var cursor = await service.CursorAsync();
        var session = await server.SignOutSomebodyAsync();
        await service.FollowAsync(cursor, session);
        var rule = Assert.Single(server.Services.GetServices<RestoreRule>(), one => one.What.Contains("feed", StringComparison.Ordinal));
        await server.DisposeAsync();
        Assert.Equal(1, await server.Database.ExecuteAsync(rule.Statement, ("began", DateTime.UtcNow)));
        await using var restored = await TestServer.StartOnAsync(server.Database.ConnectionString, ProgramServer.Settings);
        service.Address = restored.Address;
        (await service.AskFeedAsync(cursor, wait: 5)).AssertRefused(410, "gone");
        Assert.Contains((await service.AskFeedAsync("kept")).Ended(), entry => entry.Is(session));
    }

    /// <summary>Numbers that were given then are of moments that are still to come, and so are all that follow.</summary>
    [Fact]
    public async Task FE_03_After_the_databases_clock_was_a_year_ahead_services_go_on_and_keep_nothing_for_a_year()
    {
        await using var server = await TestServer.StartAsync(postgres, ProgramServer.Settings);
        using var service = server.Client();
        var cursor = await service.CursorAsync();
        await server.Database.ExecuteAsync(
            "INSERT INTO ended_sessions (user_id, session_id, number) VALUES (gen_random_uuid(), gen_random_uuid(), extract(epoch FROM now() + interval '1 year') * 1000000)");
        for (var n = 0; n < 2; n++)
        {
            (var told, cursor) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
            Assert.All(told, entry => Assert.InRange(entry.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow.AddMinutes(13)));
        }
        Assert.Equal(200, (await service.AskFeedAsync(cursor)).Status);
    }

    /// <summary>All end, which the feed need not say of a million: its services start anew, and the keys of before are revoked.</summary>
    [Fact]
    public async Task Restoring_tells_not_of_each_user()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var rule = Assert.Single(server.Services.GetServices<RestoreRule>(), one => one.What.Contains("users", StringComparison.Ordinal));
        Assert.Equal(1, await server.Database.ExecuteAsync(rule.Statement, ("began", DateTime.UtcNow), ("most", 10)));
        Assert.Equal(0, await server.Database.CountAsync("ended_sessions"));
    }

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        var cursor = new FeedCursor(Guid.NewGuid(), 1_764_460_800_123_456, DateTimeOffset.FromUnixTimeSeconds(1_764_460_801));
        Assert.True(FeedCursor.TryRead(cursor.Write(), out var read));
        Assert.Equal(cursor, read);
    }
}
