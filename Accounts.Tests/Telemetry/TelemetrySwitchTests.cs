using System.Net;
using System.Net.Sockets;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Telemetry;

/// <summary>What is not asked for is not there; what is, costs what its setting says and no stranger's header more.</summary>
[Trait("Pace", "long")]
public sealed class TelemetrySwitchTests(Postgres postgres)
{
    [Fact]
    public async Task Nothing_is_loaded_where_nobody_asks_for_it()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync());
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(404, (await client.GetAsync("/metrics")).Status);
        Assert.Contains("Accounts.Core.dll", await LoadedAsync(server), StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", await LoadedAsync(server), StringComparison.Ordinal);
    }

    private static Task<string> LoadedAsync(ServerProcess server) => File.ReadAllTextAsync($"/proc/{server.Id}/maps");

    [Fact]
    public async Task SG_25_Whether_a_request_is_traced_is_not_for_its_headers_to_say()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(),
            [.. receiver.Settings, ("Accounts:Telemetry:Traces", "true"), ("Accounts:Telemetry:TraceOneIn", "1000000")]);
        using var client = server.Client();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, (await client.GetAsync("/api/auth/me/", ("traceparent", WatchedServer.Foreign))).Status);
        }
        await server.StopAsync();
        Assert.Contains("http.server.request.duration", receiver.Metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("api/auth/me", receiver.Traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_alone_are_sent_and_traces_only_where_they_are_asked_for()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), receiver.Settings))
        {
            await Until.TrueAsync(() => Task.FromResult(receiver.Metrics.Contains("accounts.sweeper.lag", StringComparison.Ordinal)), "metrics arrive");
            await server.StopAsync();
        }
        Assert.Empty(receiver.Traces);
    }

    [Fact]
    public async Task A_collector_that_is_away_stops_nobody()
    {
        await using var server = await ServerProcess.StartAsync(
            await postgres.CreateDatabaseAsync(), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_with_a_sentence_that_names_the_setting()
    {
        var port = TestSettings.FreePort();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        await using var server = ServerProcess.Launch(await postgres.CreateDatabaseAsync(), ("Accounts:Telemetry:MetricsPort", $"{port}"));
        await server.WaitForExitAsync();
        Assert.Equal(1, server.ExitCode);
        Assert.Contains($"Accounts cannot start: Something listens at 127.0.0.1:{port} already, where /metrics is to be served. End it, or choose another port: Accounts__Telemetry__MetricsPort", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is no address")]
    [InlineData("Accounts:Telemetry:Traces", "true", "Accounts__Telemetry__Traces is true, and nothing takes them")]
    [InlineData("Accounts:Telemetry:Metrics", "perhaps", "Accounts__Telemetry__Metrics cannot be read: a switch is true or false.")]
    [InlineData("Accounts:Telemetry:TraceOneIn", "0", "Accounts__Telemetry__TraceOneIn is 0: choose 1 to 1000000.")]
    [InlineData("Accounts:Telemetry:MetricsPort", "65536", "Accounts__Telemetry__MetricsPort is 65536: choose a port")]
    [InlineData("Accounts:Telemetry:MetricsAddress", "everywhere", "Accounts__Telemetry__MetricsAddress is \"everywhere\"")]
    public async Task A_mistake_in_a_setting_is_told_in_one_sentence(string setting, string value, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", ("environment", "Production"), (setting, value)));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
