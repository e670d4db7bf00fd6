namespace Accounts.Api.Telemetry;

/// <summary>
/// What is told to whoever watches: section <c>Accounts:Telemetry</c>. Nothing is, and nothing of it is even loaded, unless
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector or <see cref="MetricsPort"/> a port. The other <c>OTEL_</c> variables
/// (protocol, headers, intervals, service name) are OpenTelemetry's own.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Sends metrics to the collector.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Sends traces to the collector: they cost more than metrics do.</summary>
    public bool Traces { get; set; }

    /// <summary>One in so many requests is traced, whatever the headers of a request say.</summary>
    public int TraceOneIn { get; set; } = 100;

    /// <summary>A port of its own for <c>/metrics</c>, in the text format of Prometheus; none where 0.</summary>
    public int MetricsPort { get; set; }

    /// <summary>The address to listen at for <c>/metrics</c>, which asks nobody who they are: another than loopback only where nobody else is on the network.</summary>
    public string MetricsAddress { get; set; } = "127.0.0.1";
}
