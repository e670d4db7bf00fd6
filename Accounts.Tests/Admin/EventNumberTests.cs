using Accounts.Core.Audit;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Events are numbered once they are committed: who reads on from a number misses none.</summary>
[Trait("Pace", "slow")]
public sealed class EventNumberTests(Postgres postgres) : IAsyncLifetime
{
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
    public async Task Who_is_written_first_and_committed_last_is_numbered_last()
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
    }

    [Fact]
    public async Task The_worker_numbers_by_itself_what_two_nodes_write_and_no_number_is_given_twice()
    {
        using var one = server.Client();
        using var two = other.Client();
        await Task.WhenAll(one.SignInSomebodyAsync(), two.SignInSomebodyAsync(), server.Database.PlantEventsAsync(2_500));
        await Until.TrueAsync(async () => await server.Database.CountAsync("security_events", "number IS NULL") == 0, "the workers have numbered all");
        Assert.Equal(await server.Database.CountAsync("security_events"), await server.Database.ScalarAsync<long>("SELECT count(DISTINCT number) FROM security_events"));
    }

    [Fact]
    public async Task A_row_that_somebody_counts_up_holds_up_no_other()
    {
        var (held, free) = (await server.Database.PlantEventsAsync(1, "sign_in_failed"), Guid.Empty);
        await server.NumberEventsAsync();
        await server.Database.ExecuteAsync("UPDATE security_events SET number = NULL WHERE user_id = @user", ("user", held));
        await using (var counting = await HeldTransaction.BeginAsync(server.Database))
        {
            await counting.ExecuteAsync("UPDATE security_events SET count = count + 1 WHERE user_id = @user", ("user", held));
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

    private Task<long> NumberAsync(Guid user) => server.Database.ScalarAsync<long>("SELECT coalesce(max(number), 0) FROM security_events WHERE user_id = @user", ("user", user));
}
