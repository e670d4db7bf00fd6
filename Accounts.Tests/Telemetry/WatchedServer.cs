using System.Text;
using Accounts.Tests.Support;
using Accounts.Tests.Webhooks;
using Xunit;

namespace Accounts.Tests.Telemetry;

/// <summary>A server that is watched by everything at once, and on which somebody has lived whose every trait is a canary.</summary>
public sealed class WatchedServer(Postgres postgres) : IAsyncLifetime
{
    private const string Later = "UPDATE sessions SET rotated_at = rotated_at - interval '1 minute'";

    /// <summary>A stranger's, whose trace is to be recorded.</summary>
    public const string Foreign = "00-c0ffeec0ffeec0ffeec0ffeec0ffee01-c0ffeec0ffee0002-01";

    public static string ForeignId { get; } = Encoding.Latin1.GetString(Convert.FromHexString(Foreign.Split('-')[1]));

    public int MetricsPort { get; } = TestSettings.FreePort();

    public OtlpReceiver Receiver { get; private set; } = null!;

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>What must be in no metric and no trace.</summary>
    public List<string> Canaries { get; } =
        ["canaryname", "canary@example.test", "canary-password", "canary-guess", "canary-agent", "203.0.113.77", "canary-query", "canary-path", "canary-header", "canary-baggage", "canary-host"];

    public async ValueTask InitializeAsync()
    {
        Receiver = await OtlpReceiver.StartAsync();
        Server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(),
        [
            .. Receiver.Settings, ("Accounts:Telemetry:Traces", "true"), ("Accounts:Telemetry:TraceOneIn", "1"),
            ("Accounts:Telemetry:MetricsPort", $"{MetricsPort}"), ("Accounts:TrustedProxies", "127.0.0.1"),
            // Nobody is there: what is told is put off, and counted.
            ("Accounts:Webhooks:App:Url", "http://127.0.0.1:9/"), ("Accounts:Webhooks:App:Secret", WebhookEar.Secret),
        ]);
        await LiveAsync();
        await Until.TrueAsync(async () => (await ScrapeAsync()).Names.Contains("accounts_webhooks_total"), "a webhook was tried");
    }

    public Task<Scrape> ScrapeAsync() => Scrape.OfAsync(MetricsPort);

    private async Task LiveAsync()
    {
        using var client = Server.Client("canary-agent/1.0");
        var person = new Person("canaryname", "canary@example.test", "canary-password");
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        // Taken: the database's own error goes into its span.
        Assert.Equal(400, (await client.RegisterAsync(person)).Status);
        Assert.Equal(401, (await client.LoginAsync(person with { Password = "canary-guess" })).Status);
        await client.SignInAsync(person);
        var first = client.RefreshCookie!;
        await client.RefreshAsync();
        Assert.Equal(200, (await client.GetAsync("/api/auth/me/?x=canary-query",
            ("X-Forwarded-For", "203.0.113.77"), ("X-Canary", "canary-header"), ("traceparent", Foreign), ("baggage", "who=canary-baggage"))).Status);
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(404, (await client.GetAsync("/canary-path/", ("tracestate", "canary=canary-baggage"))).Status);
        Assert.Equal(400, (await client.GetAsync("/docs", ("Host", "canary-host"))).Status);
        Canaries.AddRange([client.Access!, .. client.Cookies.Values]);
        await Server.Database.ExecuteAsync(Later);
        await client.RefreshAsync();
        Canaries.AddRange(client.Cookies.Values);
        await Server.Database.ExecuteAsync(Later);
        Assert.Equal(401, (await client.RefreshAsync(first)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
