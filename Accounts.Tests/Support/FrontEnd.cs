using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Support;

/// <summary>Somebody's single-page app: one page, served from an origin of its own, that calls the server by <c>fetch</c>.</summary>
public sealed class FrontEnd : IAsyncDisposable
{
    private readonly WebApplication app;

    private FrontEnd(WebApplication app, int port)
    {
        this.app = app;
        Address = $"http://localhost:{port}/";
        AddressOfAnotherSite = $"http://127.0.0.1:{port}/";
        StrangersAddress = $"http://evil.localhost:{port}/";
    }

    public string Address { get; }

    /// <summary>The same page under a host that is not the server's site, and may call where it is listed, or in Development.</summary>
    public string AddressOfAnotherSite { get; }

    /// <summary>The same page under a host that may call nowhere.</summary>
    public string StrangersAddress { get; }

    public static async Task<FrontEnd> StartAsync(Uri api)
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(Html(api), "text/html; charset=utf-8"));
        await app.StartAsync();
        return new FrontEnd(app, port);
    }

    /// <summary>The access token lives in a variable; <c>app.restored</c> tells what the refresh at the page's start answered.</summary>
    private static string Html(Uri api) => $$"""
        <!doctype html>
        <title>Front end</title>
        <link rel="icon" href="data:,">
        <script>
          let access;

          async function call(method, path, body) {
            const headers = body ? { 'Content-Type': 'application/json' } : {};
            if (access) headers.Authorization = 'Bearer ' + access;
            const response = await fetch('{{api}}api/auth/' + path,
              { method, headers, credentials: 'include', body: body && JSON.stringify(body) });
            const answer = await response.json();
            if (answer.access) access = answer.access;
            return { status: response.status, body: answer };
          }

          const app = {
            register: person => call('POST', 'register/', person),
            signIn: person => call('POST', 'login/', person),
            refresh: () => call('POST', 'token/refresh/'),
            session: () => call('POST', 'session/'),
            refreshTwice: () => Promise.all([app.refresh(), app.refresh()]),
            me: () => call('GET', 'me/'),
            signOut: () => call('POST', 'logout/'),
          };
          app.restored = app.refresh();
        </script>
        """;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
