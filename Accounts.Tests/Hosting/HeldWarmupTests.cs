using System.Net;
using Accounts.Core.Audit;
using Accounts.Core.EndedSessions;
using Accounts.Core.Passwords;
using Accounts.Core.SigningKeys;
using Accounts.Core.Webhooks;
using Accounts.Core.Workers;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Accounts.Tests.Hosting;

/// <summary>A server that answers and cannot rehearse: nobody can write a user.</summary>
public sealed class HeldWarmupTests(Postgres postgres) : IAsyncLifetime
{
    /// <summary>Beyond what a test takes; a statement of the server's waits for half a second otherwise.</summary>
    private const string Patiently = ";Options=-c lock_timeout=60s -c statement_timeout=60s;Command Timeout=60";

    private string database = "";
    private HeldTransaction held = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        held = await HeldTransaction.BeginAsync(new TestDatabase(database));
        await held.ExecuteAsync("LOCK TABLE users IN EXCLUSIVE MODE");
    }

    [Fact]
    public async Task It_is_ready_all_the_same_and_its_workers_begin()
    {
        await using var server = await TestServer.StartOnAsync(database + ";Options=-c lock_timeout=2s");
        await server.WaitUntilReadyAsync();
        Assert.True(IsOpen(server));
    }

    [Fact]
    public async Task A_failed_sign_in_is_counted_that_came_before_it_was_ready_and_was_followed_by_a_stop()
    {
        await using var server = await TestServer.StartOnAsync(database + Patiently);
        using var client = server.Client();
        Assert.Equal(401, (await client.LoginAsync(Some.Person())).Status);
        Assert.False(IsOpen(server));
        await server.StopAsync();
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'sign_in_failed'"));
    }

    [Fact]
    public async Task A_probe_that_comes_too_early_is_told_so_and_is_no_error()
    {
        await using var process = ServerProcess.Launch(database + Patiently);
        await Until.TrueAsync(async () => await ProbeAsync(process) == (HttpStatusCode.ServiceUnavailable, "Unhealthy"), "it says that it is not ready");
        await Until.TrueAsync(() => Task.FromResult(process.Output.Contains("The server warms up.", StringComparison.Ordinal)), "it is logged");
        Assert.Matches("warn: [^\n]*HealthCheck[^\n]*\n[^\n]*The server warms up\\.", process.Output);
    }

    private static async Task<(HttpStatusCode? Status, string Text)> ProbeAsync(ServerProcess process)
    {
        using var http = new HttpClient { BaseAddress = process.Address };
        try
        {
            using var answer = await http.GetAsync("/readyz");
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return (null, "");
        }
    }

    [Fact]
    public async Task What_safety_rests_on_begins_with_the_server_and_not_when_it_is_ready()
    {
        await using var server = await TestServer.StartOnAsync(database + Patiently);
        var hosted = server.Services.GetServices<IHostedService>().Select(service => service.GetType()).ToArray();
        Assert.All([typeof(EventTally), typeof(DecoyWorker), typeof(SigningKeyWorker), typeof(FeedWatch), typeof(WebhookFeed)], worker => Assert.Contains(worker, hosted));
    }

    private static bool IsOpen(TestServer server) => server.Services.GetRequiredService<WorkersGate>().WaitAsync(CancellationToken.None).IsCompleted;

    public ValueTask DisposeAsync() => held.DisposeAsync();
}
