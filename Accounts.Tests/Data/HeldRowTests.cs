using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>Rows that somebody holds: a node that lost its network in the middle of a sign-out, a bulk update by hand.</summary>
public sealed class HeldRowTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", "00:00:00"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task XA_08_One_session_that_is_held_keeps_no_other_refresh_waiting()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ =>
        {
            var client = server.Client();
            await client.SignInSomebodyAsync();
            return client;
        }));
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("SELECT FROM sessions ORDER BY id LIMIT 1 FOR UPDATE");
            var first = await server.Database.ScalarAsync<Guid>("SELECT user_id FROM sessions ORDER BY id LIMIT 1");
            for (var round = 0; round < 3; round++)
            {
                var answers = await Task.WhenAll(people.Select(async client =>
                {
                    var watch = Stopwatch.StartNew();
                    return (Answer: await client.RefreshAsync(), watch.Elapsed);
                }));
                var blocked = Assert.Single(answers, answer => answer.Answer.Status != 200);
                blocked.Answer.AssertRefused(503, "unavailable");
                Assert.All(answers.Where(answer => answer.Answer.Status == 200), answer => Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.4)));
            }
        }
        foreach (var client in people)
        {
            Assert.Equal(200, (await client.RefreshAsync()).Status);
            client.Dispose();
        }
    }

    [Fact]
    public async Task XA_08_A_bulk_update_that_is_held_open_keeps_nobody_from_reading_their_profile()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("UPDATE users SET first_name = first_name");
        var resends = Enumerable.Range(0, 40).Select(_ => client.ResendAsync(person.Email)).ToArray();
        var logins = Enumerable.Range(0, 20).Select(_ => client.LoginAsync(person)).ToArray();
        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(200, (await client.MeAsync()).Status);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.4));
        }
        await Task.WhenAll([.. resends, .. logins]);
    }

    [Fact]
    public async Task XA_08_Guesses_at_names_of_nobody_change_no_row_that_others_wait_for()
    {
        using var client = server.Client();
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("LOCK TABLE security_events IN SHARE ROW EXCLUSIVE MODE");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.LoginAsync(Some.Person())));
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        await held.CommitAsync();
        await Until.TrueAsync(async () => await server.Database.ScalarAsync<long>(
            "SELECT coalesce(sum(count), 0)::bigint FROM security_events WHERE kind = 'sign_in_failed' AND user_id = '00000000-0000-0000-0000-000000000000'") == 20, "all are counted");
    }
}
