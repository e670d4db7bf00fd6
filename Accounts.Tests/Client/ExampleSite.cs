using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Client;

/// <summary>A folder of <c>client/examples</c>, served as it is after <c>npm install</c>, with another server in place of the usual one.</summary>
public sealed class ExampleSite : IAsyncDisposable
{
    private const string Client = "client", Packages = "Accounts.Tests/Support/node/node_modules";

    private readonly WebApplication app;

    private ExampleSite(WebApplication app, int port) => (this.app, Address) = (app, $"http://localhost:{port}/");

    public string Address { get; }

    public static async Task<ExampleSite> StartAsync(string example, Uri api)
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/node_modules/@accounts/client/{file}", (string file) => Serve($"{Client}/{file}"));
        app.MapGet("/node_modules/{**file}", (string file) => Serve($"{Packages}/{file}"));
        app.MapGet("/{file=index.html}", (string file) => Serve($"{Client}/examples/{example}/{file}", api));
        await app.StartAsync();
        return new ExampleSite(app, port);
    }

    private static IResult Serve(string file, Uri? api = null)
    {
        var text = Repository.Read(file);
        var type = Path.GetExtension(file) == ".html" ? "text/html; charset=utf-8" : "text/javascript; charset=utf-8";
        return Results.Content(api is null ? text : text.Replace("http://localhost:8000", $"{api}".TrimEnd('/'), StringComparison.Ordinal), type);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
