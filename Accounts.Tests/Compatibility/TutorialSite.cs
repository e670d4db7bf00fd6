using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Compatibility;

/// <summary>The front ends of Flask's tutorials, served from an origin of their own: written to the calls that the tutorials publish.</summary>
internal sealed class TutorialSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private TutorialSite(WebApplication app, int port)
    {
        this.app = app;
        Origin = $"http://localhost:{port}";
    }

    public string Origin { get; }

    public static async Task<TutorialSite> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/{page}.html", (string page) => Results.Content(Repository.Read($"Accounts.Tests/Compatibility/Tutorials/{page}.html"), "text/html; charset=utf-8"));
        await app.StartAsync();
        return new TutorialSite(app, port);
    }

    public string Page(string name, TestServer api) => $"{Origin}/{name}.html?api={Uri.EscapeDataString(api.Address.ToString().TrimEnd('/'))}";

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
