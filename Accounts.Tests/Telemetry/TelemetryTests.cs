using System.Net;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Telemetry;

/// <summary>Who watches sees what happens, and nobody to whom.</summary>
[Trait("Pace", "slow")]
public sealed partial class TelemetryTests(WatchedServer watched) : IClassFixture<WatchedServer>
{
    [Fact]
    public async Task Metrics_count_what_has_happened()
    {
        var scrape = await watched.ScrapeAsync();
        Assert.Equal(1, scrape["""accounts_sign_ins_total{result="signed_in"}"""]);
        Assert.Equal(1, scrape["""accounts_sign_ins_total{result="failed"}"""]);
        Assert.Equal(2, scrape["""accounts_refreshes_total{result="rotated"}"""]);
        Assert.Equal(1, scrape["""accounts_refreshes_total{result="reused"}"""]);
        Assert.Equal(1, scrape["""accounts_security_events_total{kind="registered"}"""]);
        Assert.Equal(1, scrape["""accounts_security_events_total{kind="refresh_token_reused"}"""]);
        Assert.Equal(1, scrape["""accounts_failures_total{code="invalid_credentials"}"""]);
        Assert.Equal(1, scrape["""accounts_failures_total{code="token_not_valid"}"""]);
        Assert.Equal(1, scrape["""accounts_access_tokens_total{cache="miss"}"""]);
        Assert.Equal(1, scrape["""accounts_access_tokens_total{cache="hit"}"""]);
        Assert.Equal(2, scrape["""accounts_batch_size_count{statement="live_session"}"""]);
        Assert.Equal(2, scrape["""accounts_batch_wait_seconds_count{statement="live_session"}"""]);
        // Four of the requests, and those that the process warmed up by.
        Assert.InRange(scrape["accounts_hashing_wait_seconds_count"], 4, 8);
        Assert.Equal(scrape["accounts_hashing_wait_seconds_count"], scrape["""accounts_hashing_wait_seconds_bucket{le="+Inf"}"""]);
        Assert.Equal(0, scrape.Values["accounts_hashing_waiting"]);
        Assert.InRange(scrape.Values["accounts_sweeper_lag_seconds"], 0.001, 900);
        Assert.Contains(scrape.Values.Keys, line => line.StartsWith("db_client_connection_count{", StringComparison.Ordinal) && line.Contains("\"accounts\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_and_what_waits_of_them_are_counted()
    {
        await Until.TrueAsync(async () => (await watched.ScrapeAsync())["""accounts_mails_total{result="sent",template="verify_email"}"""] == 1, "the mail is counted");
        var scrape = await watched.ScrapeAsync();
        Assert.InRange(scrape.Values["accounts_outbox_depth"], 0, 2);
        Assert.True(scrape.Values["accounts_outbox_age_seconds"] >= 0);
    }

    [Fact]
    public async Task SG_25_Nobody_is_in_the_metrics_or_the_traces()
    {
        await Until.TrueAsync(() => Task.FromResult(watched.Receiver.Metrics.Contains("accounts.refreshes", StringComparison.Ordinal)), "metrics arrive");
        await Until.TrueAsync(() => Task.FromResult(Spans().All(span => watched.Receiver.Traces.Contains(span, StringComparison.Ordinal))), "traces arrive");
        var scrape = await watched.ScrapeAsync();
        Assert.All(watched.Canaries, canary => Assert.All(
            [scrape.Text, watched.Receiver.Metrics, watched.Receiver.Traces], told => Assert.DoesNotContain(canary, told, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>By what a request, a failed statement and a batch are known.</summary>
    private static string[] Spans() => ["api/auth/me", "api/auth/token/refresh", "23505", "unnest"];

    [Fact]
    public async Task SG_25_A_strangers_headers_name_no_trace_of_ours()
    {
        await Until.TrueAsync(() => Task.FromResult(watched.Receiver.Traces.Contains("api/auth/me", StringComparison.Ordinal)), "traces arrive");
        Assert.DoesNotContain(WatchedServer.ForeignId, watched.Receiver.Traces, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/operations/grafana.json"), InlineData("docs/operations/alerts.yml"), InlineData("docs/operations.md")]
    public async Task Every_metric_that_the_documents_name_is_there(string file)
    {
        var scrape = await watched.ScrapeAsync();
        var named = Named().Matches(Repository.Read(file)).Select(match => match.Value).Distinct().ToArray();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(scrape.Names).Except(scrape.LabelNames));
    }

    [Fact]
    public void Every_alert_is_told_with_what_it_means()
    {
        var alerts = Alert().Matches(Repository.Read("docs/operations/alerts.yml")).Select(alert => alert.Groups[1].Value).ToArray();
        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Told().Matches(Repository.Read("docs/operations.md")).Select(row => row.Groups[1].Value));
    }

    [Fact]
    public async Task SG_25_Metrics_have_a_port_of_their_own_on_loopback_and_nothing_else_is_there()
    {
        using var client = watched.Server.Client();
        Assert.Equal(404, (await client.GetAsync("/metrics")).Status);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"http://127.0.0.1:{watched.MetricsPort}/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync($"http://127.0.0.1:{watched.MetricsPort}/metrics", null)).StatusCode);
        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        Assert.Equal([IPAddress.Loopback], listeners.Where(listener => listener.Port == watched.MetricsPort).Select(listener => listener.Address));
    }

    [GeneratedRegex(@"\b(accounts|http|db|kestrel|dotnet)_[a-z_]+\b")]
    private static partial Regex Named();

    [GeneratedRegex(@"^ +- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^\| `(Accounts\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Told();
}
