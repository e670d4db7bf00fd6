using System.Diagnostics;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>A PostgreSQL that takes connections and says nothing: a stopped process, a machine without a disk.</summary>
[Trait("Pace", "long")]
public sealed class HungDatabaseTests : IAsyncLifetime
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3), RecoveryLimit = TimeSpan.FromSeconds(5);

    private PrivatePostgres database = null!;
    private Relay relay = null!;
    private TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        var port = TestSettings.FreePort();
        database = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true, LoopbackPort = port });
        relay = new Relay(port);
        server = await TestServer.StartOnAsync(
            new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = relay.Port, Username = "postgres", Database = "accounts" }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        relay.IsSilent = false;
        await server.DisposeAsync();
        relay.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task DU_05_While_PostgreSQL_hangs_every_answer_comes_within_3_seconds_and_afterwards_all_works()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var token = client.RefreshCookie!;
        Assert.Equal(200, (await client.MeAsync()).Status);
        relay.IsSilent = true;
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(
                AssertAwayAsync(() => client.MeAsync()), AssertAwayAsync(() => client.RefreshAsync(token)), AssertAwayAsync(() => client.LoginAsync(person)),
                AssertAwayAsync(() => client.RegisterAsync(Some.Person())), QueueAsync(() => client.MeAsync()), QueueAsync(() => client.RefreshAsync(token)));
        }
        relay.IsSilent = false;
        await Until.TrueAsync(async () => (await client.RefreshAsync(token)).Status == 200, "the same cookie works", RecoveryLimit);
        await Until.TrueAsync(async () => (await client.MeAsync()).Status == 200, "the access token works", RecoveryLimit);
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    /// <summary>Who comes while others wait already.</summary>
    private static async Task QueueAsync(Func<Task<Answer>> request)
    {
        for (var n = 0; n < 3; n++)
        {
            await Task.Delay(400);
            await AssertAwayAsync(request);
        }
    }

    private static async Task AssertAwayAsync(Func<Task<Answer>> request)
    {
        var watch = Stopwatch.StartNew();
        var answer = await request();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, AnswerLimit);
        Assert.True(answer.Status == 503, answer.ToString());
        Assert.Empty(answer.SetCookies);
    }
}
