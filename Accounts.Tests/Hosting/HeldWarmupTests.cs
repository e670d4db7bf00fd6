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
    private HeldTransaction held = null!;
    private TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        held = await HeldTransaction.BeginAsync(new TestDatabase(database));
        await held.ExecuteAsync("LOCK TABLE users IN EXCLUSIVE MODE");
        server = await TestServer.StartOnAsync(database);
    }

    [Fact]
    public async Task It_is_ready_all_the_same_and_its_workers_begin()
    {
        await server.WaitUntilReadyAsync();
        await server.Services.GetRequiredService<WorkersGate>().WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failed_sign_in_is_counted_that_came_before_it_was_ready_and_was_followed_by_a_stop()
    {
        using var client = server.Client();
        Assert.Equal(401, (await client.LoginAsync(Some.Person())).Status);
        await server.StopAsync();
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'sign_in_failed'"));
    }

    [Fact]
    public async Task A_probe_that_comes_too_early_is_told_so_and_is_no_error()
    {
        await using var process = ServerProcess.Launch(server.Database.ConnectionString);
        using var client = process.Client();
        var status = 0;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    status = (await client.GetAsync("/readyz")).Status;
                }
                catch (HttpRequestException)
                {
                    // It does not listen yet.
                }
                return status > 0;
            },
            "it answers");
        Assert.Equal(503, status);
        Assert.Contains("The server warms up.", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_safety_rests_on_begins_with_the_server_and_not_when_it_is_ready()
    {
        var hosted = server.Services.GetServices<IHostedService>().Select(service => service.GetType()).ToArray();
        Assert.All([typeof(EventTally), typeof(DecoyWorker), typeof(SigningKeyWorker), typeof(FeedWatch), typeof(WebhookFeed)], worker => Assert.Contains(worker, hosted));
    }

    public async ValueTask DisposeAsync()
    {
        await held.DisposeAsync();
        await server.DisposeAsync();
    }
}
