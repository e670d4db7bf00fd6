using System.Net;
using System.Text;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Telemetry;

/// <summary>Serves <c>/metrics</c> on a port of its own, beside the server of everybody's requests: no route, rule or setting of that one can open it to the public.</summary>
internal sealed class MetricsListener(PrometheusText metrics, IOptions<TelemetryOptions> options, IServiceProvider services, ILoggerFactory logs)
    : IHostedService, IHttpApplication<IFeatureCollection>, IDisposable
{
    private KestrelServer? server;

    /// <exception cref="StartupException">the port is taken</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var place = new IPEndPoint(IPAddress.Parse(options.Value.MetricsAddress), options.Value.MetricsPort);
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Listen(place);
        server = new KestrelServer(Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs), logs);
        try
        {
            await server.StartAsync(this, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw TelemetrySetup.PortTaken(place);
        }
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (context.GetRequiredFeature<IHttpRequestFeature>() is not { Method: "GET", Path: "/metrics" })
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        response.Headers.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(Encoding.UTF8.GetBytes(metrics.Scrape()));
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public Task StopAsync(CancellationToken cancellationToken) => server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => server?.Dispose();
}
