using System.Diagnostics.Metrics;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Client;

/// <summary>How many refresh tokens a server was shown, by its own metric.</summary>
public sealed class RefreshCount : IDisposable
{
    private readonly MeterListener listener = new();
    private int count;

    public RefreshCount(TestServer server)
    {
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "accounts.refreshes" && instrument.Meter.Scope == meters)
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref count, (int)measured));
        listener.Start();
    }

    /// <summary>Since it was last asked.</summary>
    public int Next() => Interlocked.Exchange(ref count, 0);

    public void Dispose() => listener.Dispose();
}
