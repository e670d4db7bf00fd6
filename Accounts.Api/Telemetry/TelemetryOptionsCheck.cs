using System.Net;
using Accounts.Core.Settings;

namespace Accounts.Api.Telemetry;

internal sealed class TelemetryOptionsCheck(IConfiguration settings) : SettingsCheck<TelemetryOptions>
{
    private const int LongestOdds = 1_000_000;

    protected override IEnumerable<string> Mistakes(TelemetryOptions options)
    {
        var collector = settings[TelemetrySetup.Collector] ?? "";
        if (collector.Length > 0 && !(Uri.TryCreate(collector, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"{TelemetrySetup.Collector} is no address: set it to the collector's, for example http://127.0.0.1:4317, or leave it out.";
        }
        if (options.Traces && collector.Length == 0)
        {
            yield return $"Accounts__Telemetry__Traces is true, and nothing takes them: set {TelemetrySetup.Collector} to the collector's address, for example http://127.0.0.1:4317.";
        }
        if (options.TraceOneIn is < 1 or > LongestOdds)
        {
            yield return $"Accounts__Telemetry__TraceOneIn is {options.TraceOneIn}: choose 1 to {LongestOdds}.";
        }
        if (options.MetricsPort is < 0 or > IPEndPoint.MaxPort)
        {
            yield return $"Accounts__Telemetry__MetricsPort is {options.MetricsPort}: choose a port, or 0 for none.";
        }
        if (!IPAddress.TryParse(options.MetricsAddress, out _))
        {
            yield return $"Accounts__Telemetry__MetricsAddress is \"{options.MetricsAddress}\": set it to an address of this machine, for example 127.0.0.1.";
        }
    }
}
