using Accounts.Core.Data;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>Nobody waits for what somebody else holds.</summary>
[Trait("Pace", "long")]
public sealed class StrangersTests(Postgres postgres) : IAsyncLifetime
{
    /// <summary>The product's, where the tests' own are for busy machines.</summary>
    private const string Limits = ";Options=-c lock_timeout=0";

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartOnAsync(await postgres.CreateDatabaseAsync() + Limits, ("Accounts:Throttling:Enabled", "true"));

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task XA_08_A_session_that_somebody_has_locked_delays_nobody_elses_refresh()
    {
        using var locked = server.Client();
        await locked.SignInSomebodyAsync();
        var others = await SignInAsync(4);
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("SELECT FROM sessions WHERE id = @id FOR UPDATE", ("id", server.Session(locked.RefreshCookie!).Id));
            for (var round = 0; round < 3; round++)
            {
                var refused = locked.RefreshAsync();
                var answers = await Task.WhenAll(others.Select(other => other.RefreshAsync()));
                Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
                Assert.False(refused.IsCompletedSuccessfully && (await refused).Status == 200);
                var answer = await refused;
                Assert.Equal((503, "1"), (answer.Status, answer.Header("Retry-After")));
                Assert.Empty(answer.SetCookies);
            }
        }
        Assert.Equal(200, (await locked.RefreshAsync()).Status);
        await server.Session(locked.RefreshCookie!).AssertAsync(generation: 1, "alive");
        Dispose(others);
    }

    [Fact]
    public async Task XA_08_Whose_rows_a_long_update_holds_keep_nobody_else_from_me_and_refresh()
    {
        using var client = server.Client();
        var people = new List<Person>();
        for (var n = 0; n < 6; n++)
        {
            people.Add(await client.RegisterSomebodyAsync());
        }
        var others = await SignInAsync(2);
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("UPDATE users SET first_name = 'x' WHERE email = ANY (@emails)", ("emails", people.ConvertAll(person => person.Email).ToArray()));
            var held40 = Enumerable.Range(0, 40).Select(n => n % 2 == 0 ? client.ResendAsync(people[n % 6].Email) : client.LoginAsync(people[n % 6])).ToArray();
            for (var round = 0; round < 10; round++)
            {
                var answers = await Task.WhenAll(others.SelectMany(other => new[] { other.MeAsync(), other.RefreshAsync() }));
                Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
            }
            Assert.All(await Task.WhenAll(held40), answer => Assert.True(answer.Status is 200 or 429 or 503, answer.ToString()));
        }
        Dispose(others);
    }

    [Fact]
    public async Task XA_08_No_failed_sign_in_waits_for_a_row_that_counts_failures_and_all_are_counted()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("LOCK TABLE security_events IN SHARE MODE");
            for (var n = 0; n < 3; n++)
            {
                Assert.Equal(401, (await client.LoginAsync(Some.Person())).Status);
                Assert.Equal(401, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
            }
        }
        await server.Database.CountedAsync(person, "sign_in_failed", 3);
        await Until.TrueAsync(async () => await NobodysAsync() == 3, "nobody's are counted");
    }

    [Fact]
    public async Task XA_08_What_was_counted_is_written_before_a_graceful_stop()
    {
        using var client = server.Client();
        Assert.Equal(401, (await client.LoginAsync(Some.Person())).Status);
        await server.StopAsync();
        Assert.Equal(1, await NobodysAsync());
    }

    [Theory]
    [InlineData("lock_timeout", "500ms", "50ms"), InlineData("idle_in_transaction_session_timeout", "5s", "5s")]
    public async Task XA_08_Each_connection_has_limits_to_how_long_it_waits_and_holds(string setting, string requests, string batches)
    {
        var pools = server.Services.GetRequiredService<DatabasePools>();
        Assert.Equal((requests, batches), (await ShowAsync(pools.Requests, setting), await ShowAsync(pools.Batches, setting)));
    }

    private static async Task<string> ShowAsync(NpgsqlDataSource database, string setting)
    {
        await using var command = database.CreateCommand($"SHOW {setting}");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private Task<long> NobodysAsync() => server.Database.ScalarAsync<long>(
        "SELECT coalesce(sum(count), 0)::bigint FROM security_events WHERE kind = 'sign_in_failed' AND user_id = @nobody", ("nobody", Guid.Empty));

    private async Task<ApiClient[]> SignInAsync(int count)
    {
        var clients = Enumerable.Range(0, count).Select(_ => server.Client()).ToArray();
        foreach (var client in clients)
        {
            await client.SignInSomebodyAsync();
        }
        return clients;
    }

    private static void Dispose(ApiClient[] clients) => Array.ForEach(clients, client => client.Dispose());
}
