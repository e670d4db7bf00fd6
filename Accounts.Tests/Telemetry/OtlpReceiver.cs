using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Telemetry;

/// <summary>A collector that takes OTLP by HTTP and keeps what it gets as it came: protobuf writes texts and ids as they are.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<byte[]> metrics = new(), traces = new();

    private OtlpReceiver(WebApplication app, int port)
    {
        this.app = app;
        Settings =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ];
    }

    /// <summary>Of a server that sends here, soon.</summary>
    public (string Key, string Value)[] Settings { get; }

    /// <summary>Each byte as a character.</summary>
    public string Metrics => Text(metrics);

    public string Traces => Text(traces);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var receiver = new OtlpReceiver(builder.Build(), port);
        receiver.app.MapPost("/v1/metrics", context => KeepAsync(context, receiver.metrics));
        receiver.app.MapPost("/v1/traces", context => KeepAsync(context, receiver.traces));
        await receiver.app.StartAsync();
        return receiver;
    }

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        kept.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }

    private static string Text(ConcurrentQueue<byte[]> kept) => string.Concat(kept.Select(Encoding.Latin1.GetString));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
