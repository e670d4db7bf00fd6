using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Accounts.Api.Hosting;
using Accounts.Core.Failures;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Accounts.Core.Telemetry;
using Accounts.Core.Webhooks;
using Accounts.Core.Workers;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Accounts.Api.Telemetry;

/// <summary>Metrics and traces, for whoever asks for them. Nobody has, unless a setting says where they go.</summary>
public static class TelemetrySetup
{
    /// <summary>OpenTelemetry's own variable, and the switch of what is sent.</summary>
    public const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Section = "Accounts:Telemetry";

    /// <summary>The framework, the runtime and Npgsql measure themselves; here it is only listened to.</summary>
    private static readonly string[] Meters =
        [AccountsMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<TelemetryOptions, TelemetryOptionsCheck>(Section).AddSingleton<DistributedContextPropagator, OwnTraces>();
        if (settings[Collector] is { Length: > 0 } || HasPort(settings))
        {
            AddOpenTelemetry(services, settings);
        }
        return services;
    }

    /// <summary>What is no number is told where all settings are checked.</summary>
    private static bool HasPort(IConfiguration settings) => int.TryParse(settings[$"{Section}:{nameof(TelemetryOptions.MetricsPort)}"], out var port) && port > 0;

    private static bool IsOn(IConfiguration settings, string name, bool usually) => bool.TryParse(settings[$"{Section}:{name}"], out var wanted) ? wanted : usually;

    /// <summary>By itself, so that its assemblies are loaded only where it is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOpenTelemetry(IServiceCollection services, IConfiguration settings)
    {
        var usual = new TelemetryOptions();
        var isSent = settings[Collector] is { Length: > 0 };
        services.AddWorker<OutboxWatch>().AddWorker<WebhookWatch>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("accounts").AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            if (isSent && IsOn(settings, nameof(TelemetryOptions.Metrics), usual.Metrics))
            {
                metrics.AddOtlpExporter();
            }
            if (HasPort(settings))
            {
                metrics.AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusText>()));
                services.AddSingleton<PrometheusText>().AddHostedService<MetricsListener>();
            }
        });
        if (isSent && IsOn(settings, nameof(TelemetryOptions.Traces), usual.Traces))
        {
            // Without it the framework leaves a request's method to an instrumentation of OpenTelemetry's.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            services.AddTransient<IStartupFilter, RequestSpans>();
            telemetry.WithTracing(traces => traces
                .AddSource(Sources).SetSampler(Sampler).AddProcessor(new HarmlessTags()).AddOtlpExporter());
        }
    }

    /// <summary>Whose parent is here goes with it; nobody's is elsewhere.</summary>
    private static ParentBasedSampler Sampler(IServiceProvider services) =>
        new(new TraceIdRatioBasedSampler(1.0 / services.GetRequiredService<IOptions<TelemetryOptions>>().Value.TraceOneIn));

    /// <summary>As the public port is, asked before anything starts.</summary>
    /// <exception cref="StartupException">somebody else listens there</exception>
    public static void DemandFreeMetricsPort(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        var place = new IPEndPoint(IPAddress.Parse(options.MetricsAddress), options.MetricsPort);
        if (place.Port > 0 && ListeningSetup.IsTaken(place))
        {
            throw PortTaken(place);
        }
    }

    internal static StartupException PortTaken(IPEndPoint place) =>
        new($"Something listens at {place} already, where /metrics is to be served. End it, or choose another port: Accounts__Telemetry__MetricsPort");
}
