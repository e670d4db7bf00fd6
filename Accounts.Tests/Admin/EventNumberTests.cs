using Accounts.Core.Audit;
using Accounts.Tests.History;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Events are numbered once they are committed: who reads on from a number misses none.</summary>
[Trait("Pace", "slow")]
public sealed class EventNumberTests(Postgres postgres) : IAsyncLifetime
{
    private const string Counted = "INSERT INTO security_events (id, kind, user_id, at, ip, user_agent)";
    private TestServer server = null!, other = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        other = await TestServer.StartOnAsync(server.Database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task HI_06_Who_is_written_first_and_committed_last_is_numbered_last_and_none_is_missed()
    {
        var late = Guid.NewGuid();
        Guid early;
        await using (var slow = await HeldTransaction.BeginAsync(server.Database))
        {
            await slow.ExecuteAsync("INSERT INTO security_events (id, kind, user_id, at, ip, user_agent) VALUES (gen_random_uuid(), 'signed_in', @user, now(), '', '')", ("user", late));
            early = await server.Database.PlantEventsAsync(1);
            await server.NumberEventsAsync();
            await slow.CommitAsync();
        }
        await server.NumberEventsAsync();
        Assert.True(await NumberAsync(early) < await NumberAsync(late));
        Assert.Empty(await server.WrongAsync());
    }

    /// <summary>Of a node that was killed, or lost its database, in the middle of it.</summary>
    [Fact]
    public async Task HI_06_A_numbering_that_was_broken_off_leaves_no_hole()
    {
        await server.Database.PlantEventsAsync(3);
        await server.NumberEventsAsync();
        await server.Database.ExecuteAsync("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
            CREATE TRIGGER fail AFTER UPDATE ON event_chain FOR EACH ROW EXECUTE FUNCTION fail()
            """);
        var planted = await server.Database.PlantEventsAsync(3);
        await Until.TrueAsync(() => FailsAsync(server.Services.GetRequiredService<EventNumbering>()), "it has tried");
        await server.Database.ExecuteAsync("DROP TRIGGER fail ON event_chain");
        await server.NumberEventsAsync();
        Assert.Equal(await server.EndAsync(), await NumberAsync(planted));
        Assert.Equal(await server.EndAsync(), await server.Database.CountAsync("security_events", "number IS NOT NULL"));
        Assert.Empty(await server.WrongAsync());
    }

    [Fact]
    public async Task HI_06_Two_nodes_that_number_at_once_make_one_chain_without_a_hole()
    {
        using var one = server.Client();
        using var two = other.Client();
        await Task.WhenAll(one.SignInSomebodyAsync(), two.SignInSomebodyAsync(), server.Database.PlantEventsAsync(2_500));
        await Until.TrueAsync(async () => await server.Database.CountAsync("security_events", "number IS NULL") == 0, "the workers have numbered all");
        Assert.Equal(await server.Database.CountAsync("security_events"), await server.Database.ScalarAsync<long>("SELECT count(DISTINCT number) FROM security_events"));
        Assert.Equal(await server.EndAsync(), await server.Database.CountAsync("security_events"));
        Assert.Empty(await server.WrongAsync());
    }

    [Fact]
    public async Task A_row_that_somebody_counts_up_holds_up_no_other()
    {
        var (held, free) = (await server.Database.PlantEventsAsync(1, "sign_in_failed", secondsAgo: 120), Guid.Empty);
        await server.NumberEventsAsync();
        await using (var counting = await HeldTransaction.BeginAsync(server.Database))
        {
            await using (var turn = await HeldTransaction.BeginAsync(server.Database))
            {
                await turn.ExecuteAsync($"SELECT pg_advisory_xact_lock({(long)Core.Data.AdvisoryLock.EventNumbers})");
                await server.Database.ExecuteAsync("UPDATE security_events SET number = NULL WHERE user_id = @user", ("user", held));
                await counting.ExecuteAsync("UPDATE security_events SET count = count + 1 WHERE user_id = @user", ("user", held));
            }
            free = await server.Database.PlantEventsAsync(1);
            await Until.TrueAsync(async () => await NumberAsync(free) > 0, "the other has its number");
            await counting.CommitAsync();
        }
        await server.NumberEventsAsync();
        Assert.True(await NumberAsync(held) > await NumberAsync(free));
    }

    [Fact]
    public async Task Where_one_node_is_at_it_the_other_goes_by()
    {
        await using var turn = await HeldTransaction.BeginAsync(server.Database);
        await turn.ExecuteAsync($"SELECT pg_advisory_xact_lock({(long)Core.Data.AdvisoryLock.EventNumbers})");
        var planted = await server.Database.PlantEventsAsync(1);
        Assert.Equal(0, await server.Services.GetRequiredService<EventNumbering>().NumberAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await NumberAsync(planted));
    }

    /// <summary>Whoever reads on must not have seen a count that grows afterwards.</summary>
    [Fact]
    public async Task What_is_counted_by_the_minute_has_its_number_when_that_is_over()
    {
        var user = Guid.NewGuid();
        await server.Database.ExecuteAsync($"{Counted} VALUES (gen_random_uuid(), 'sign_in_failed', @user, now(), '', '')", ("user", user));
        await server.NumberEventsAsync();
        Assert.Equal(0, await NumberAsync(user));
        await server.Database.ExecuteAsync("UPDATE security_events SET at = at - interval '65 seconds' WHERE user_id = @user", ("user", user));
        await server.NumberEventsAsync();
        Assert.True(await NumberAsync(user) > 0);
    }

    /// <summary>By a node that could not reach the database in that minute.</summary>
    [Fact]
    public async Task What_is_counted_after_its_row_has_a_number_has_a_row_of_its_own()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var user = await server.Database.IdAsync(person);
        await client.LoginAsync(person with { Password = "not the password" });
        await server.Database.CountedAsync(person, "sign_in_failed", 1);
        await server.Database.ExecuteAsync("UPDATE security_events SET number = 1000000 + n FROM (SELECT 1 AS n) one WHERE user_id = @user AND kind = 'sign_in_failed'", ("user", user));
        await client.LoginAsync(person with { Password = "not the password" });
        await server.Database.CountedAsync(person, "sign_in_failed", 2);
        Assert.Equal(0, await server.Database.CountAsync("security_events", "user_id = @user AND kind = 'sign_in_failed' AND count > 1", ("user", user)));
    }

    /// <summary>Unless the other node is at it.</summary>
    private static async Task<bool> FailsAsync(EventNumbering numbering)
    {
        try
        {
            await numbering.NumberAsync(TestContext.Current.CancellationToken);
            return false;
        }
        catch (Npgsql.PostgresException)
        {
            return true;
        }
    }

    private Task<long> NumberAsync(Guid user) => server.Database.ScalarAsync<long>("SELECT coalesce(max(number), 0) FROM security_events WHERE user_id = @user", ("user", user));
}
