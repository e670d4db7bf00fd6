using System.Collections.Concurrent;
using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Sessions;

/// <summary>An app that knows nothing of signing in, and says what the proxy in front has told it.</summary>
internal sealed class GuardedApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private GuardedApp(WebApplication app, int port) => (this.app, Port) = (app, port);

    public int Port { get; }

    /// <summary>The headers of each request that has got through, by their names as they came.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Seen { get; } = [];

    public static async Task<GuardedApp> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var guarded = new GuardedApp(builder.Build(), port);
        guarded.app.Run(context =>
        {
            guarded.Seen.Enqueue(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
            return context.Response.WriteAsync("the app");
        });
        await guarded.app.StartAsync();
        return guarded;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
