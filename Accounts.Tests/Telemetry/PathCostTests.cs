using System.Net.Http.Headers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Telemetry;

/// <summary>
/// What is asked all day costs no statement more, no line of log, and not more memory than it did: counted by what the server itself tells whoever watches
/// it, as a process of its own with the settings it is shipped with. Times are measured in <c>bench/</c>; these do not depend on the machine.
/// </summary>
[Trait("Pace", "slow")]
public sealed class PathCostTests(Postgres postgres) : IAsyncLifetime
{
    private const int Requests = 2_000, WarmUp = 500;

    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total";

    private readonly int metricsPort = TestSettings.FreePort();
    private ServerProcess server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(),
            ("environment", "Production"), ("Accounts:Telemetry:MetricsPort", $"{metricsPort}"), ("Accounts:Sessions:ReuseLeeway", "00:00:00"));
        client = server.Client();
        await client.SignInSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public Task Me_costs_one_statement_no_line_and_little_memory() => CostsAsync(9_000, async http =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me/") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", client.Access) } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    });

    [Fact]
    public Task A_refresh_costs_one_statement_no_line_and_little_memory() => CostsAsync(14_500, async _ => Assert.Equal(200, (await client.RefreshAsync()).Status));

    /// <param name="memory">bytes that one may allocate: a fifth more than were measured when this was written</param>
    /// <param name="request">one of them</param>
    private async Task CostsAsync(double memory, Func<HttpClient, Task> request)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        await ManyAsync(WarmUp);
        var (lines, before) = (Lines(), await Scrape.OfAsync(metricsPort));
        await ManyAsync(Requests);
        var after = await Scrape.OfAsync(metricsPort);
        // What the process does by itself meanwhile is in it, too: some statements a second, of many on a slow machine, and a line that no mail server is there.
        Assert.InRange(Lines() - lines, 0, Requests / 100);
        Assert.InRange((Statements(after) - Statements(before)) / Requests, 1, 1.2);
        Assert.InRange((after[Allocated] - before[Allocated]) / Requests, memory / 2, memory);

        async Task ManyAsync(int count)
        {
            for (var n = 0; n < count; n++)
            {
                await request(http);
            }
        }
    }

    private int Lines() => server.Output.Count(character => character == '\n');

    private static double Statements(Scrape scrape) =>
        scrape.Values.Where(line => line.Key.StartsWith("db_client_operation_duration_seconds_count", StringComparison.Ordinal)).Sum(line => line.Value);
}
