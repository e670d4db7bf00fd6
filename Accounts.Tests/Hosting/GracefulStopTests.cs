using System.Collections.Concurrent;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Hosting;

/// <summary>A node is stopped while a load balancer sends it requests, which looks at its readiness and at nothing else.</summary>
[Trait("Pace", "long")]
public sealed class GracefulStopTests(Postgres postgres)
{
    private readonly ConcurrentQueue<string> outcomes = new();
    private volatile bool green = true;
    private volatile int afterRed;

    [Fact]
    public async Task CF_06_After_the_signal_readiness_goes_red_first_and_no_request_fails()
    {
        await using var server = await ServerProcess.StartAsync(
            await postgres.CreateDatabaseAsync(), ("environment", "Production"), ("Accounts:ShutdownDelay", "00:00:03"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(client)));
        var probe = ProbeAsync(server);
        await Until.TrueAsync(() => Task.FromResult(outcomes.Count > 50), "requests are under way");
        await server.StopAsync();
        await probe;
        await load;
        Assert.Equal(0, server.ExitCode);
        Assert.Equal(["200"], outcomes.Distinct());
        Assert.InRange(afterRed, 1, int.MaxValue);
    }

    private async Task SendAsync(ApiClient client)
    {
        while (green)
        {
            outcomes.Enqueue(await OutcomeAsync(client));
        }
        // One that was on its way when the balancer noticed.
        outcomes.Enqueue(await OutcomeAsync(client));
        afterRed++;
    }

    private static async Task<string> OutcomeAsync(ApiClient client)
    {
        try
        {
            return (await client.MeAsync()).Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private async Task ProbeAsync(ServerProcess server)
    {
        using var probe = server.Client();
        await Until.TrueAsync(async () => (await probe.GetAsync("/readyz")).Status == 503, "readiness is red", TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await probe.GetAsync("/healthz")).Status);
        green = false;
    }
}
