using System.Collections.Concurrent;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>PostgreSQL goes away and comes back while people use the server, which stays up all the time.</summary>
[Trait("Pace", "long")]
public sealed class OutageUnderLoadTests : IAsyncLifetime
{
    /// <summary>A throwaway PostgreSQL forgets its last commits when it is killed, and what is proven here is what a real one does.</summary>
    private const string Durably = ";Options=-c synchronous_commit=on";

    private const int Users = 4;
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<Answer> answers = new();
    private readonly CancellationTokenSource enough = new();
    private PrivatePostgres database = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true });
        server = await ServerProcess.StartAsync(database.ConnectionString + Durably, ("Accounts:Sessions:ReuseLeeway", "00:00:01"));
    }

    public async ValueTask DisposeAsync()
    {
        enough.Dispose();
        await server.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task DU_05_Outages_under_load_answer_503_and_nothing_wrong_keep_every_cookie_and_heal_within_5_seconds()
    {
        var users = await SignInAsync();
        var load = Task.WhenAll(users.Select(UseAsync));
        foreach (var cut in new Func<Task>[] { () => database.StopAsync(), database.KillAsync, () => database.StopAsync() })
        {
            await cut();
            await IsRedAsync();
            await database.StartAgainAsync();
            await HealsAsync(users[0]);
        }
        await enough.CancelAsync();
        await load;
        AssertOnly200And503();
        await WorksAsync(users);
    }

    private async Task<ApiClient[]> SignInAsync()
    {
        var users = Enumerable.Range(0, Users).Select(_ => server.Client()).ToArray();
        foreach (var user in users)
        {
            await user.SignInSomebodyAsync();
        }
        return users;
    }

    private async Task UseAsync(ApiClient user)
    {
        while (!enough.IsCancellationRequested)
        {
            answers.Enqueue(await user.MeAsync());
            answers.Enqueue(await user.RefreshAsync());
        }
    }

    private async Task IsRedAsync()
    {
        using var probe = server.Client();
        Assert.Equal(503, (await probe.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await probe.GetAsync("/healthz")).Status);
        Assert.Equal(200, (await probe.GetAsync("/.well-known/jwks.json")).Status);
    }

    private async Task HealsAsync(ApiClient user)
    {
        using var probe = server.Client();
        await Until.TrueAsync(
            async () => (await user.MeAsync()).Status == 200 && (await probe.GetAsync("/readyz")).Status == 200, "it works again", RecoveryLimit);
    }

    private void AssertOnly200And503()
    {
        Assert.Equal([200, 503], answers.Select(answer => answer.Status).Distinct().Order());
        Assert.All(answers.Where(answer => answer.Status == 503), answer =>
        {
            Assert.Equal("unavailable", answer["code"]);
            Assert.Empty(answer.SetCookies);
        });
    }

    /// <summary>Everybody is still signed in, and mail leaves at once, so what works in the background has come back too.</summary>
    private async Task WorksAsync(ApiClient[] users)
    {
        foreach (var user in users)
        {
            Assert.Equal(200, (await user.RefreshAsync()).Status);
            user.Dispose();
        }
        Assert.Equal(Users, await server.Database.CountAsync("sessions", "ended_at IS NULL"));
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await server.Mailbox.WaitAsync(person.Email);
        Assert.False(server.HasExited);
    }
}
