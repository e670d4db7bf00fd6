using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>The integrations answer alike, and as the server itself: one table of tokens for all of them.</summary>
[Trait("Pace", "long")]
public sealed class IntegrationTests(IntegrationFixture shared, Postgres postgres) : IClassFixture<IntegrationFixture>
{
    [Fact]
    public async Task AT_06_Every_integration_answers_the_whole_table()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        await using var foreign = await TestServer.StartAsync(postgres);
        // Before the tokens are made, of which some are over soon.
        var services = await Task.WhenAll(IntegrationService.Names.Select(name => shared.StartAsync(name)));
        try
        {
            var cases = await IntegrationCases.AllAsync(shared.Server, foreign, $"http://{elsewhere.LocalEndpoint}/jwks.json");
            var wrong = (await Task.WhenAll(services.Zip(IntegrationService.Names).Select(one => WrongAsync(one.Second, one.First, cases)))).SelectMany(list => list).ToArray();
            Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        }
        finally
        {
            await Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));
        }
        Assert.False(elsewhere.Pending());
    }

    private static async Task<List<string>> WrongAsync(string name, IntegrationService service, List<IntegrationCase> cases)
    {
        List<string> wrong = [];
        foreach (var one in cases)
        {
            var (answer, waited) = (await service.SendAsync(HttpMethod.Get, one.Path, one.Authorization), Stopwatch.StartNew());
            while (answer.Status != one.Status && waited.Elapsed < one.Within)
            {
                await Task.Delay(50);
                answer = await service.SendAsync(HttpMethod.Get, one.Path, one.Authorization);
            }
            var told = answer.Text.StartsWith('{') ? (answer.Status, answer["code"], answer["reason"], answer.Header("WWW-Authenticate")) : (answer.Status, null, null, null);
            if (told != (one.Status, one.Code, one.Reason, one.Challenge))
            {
                wrong.Add($"{name}: {one.What} at {one.Path}: {answer} {answer.Header("WWW-Authenticate")}");
            }
        }
        return wrong;
    }
}
