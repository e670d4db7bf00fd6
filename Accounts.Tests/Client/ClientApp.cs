using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Client;

/// <summary>Somebody's single-page app that loads the client from the server: one page, on an origin of its own.</summary>
public sealed class ClientApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private ClientApp(WebApplication app, int port)
    {
        this.app = app;
        Address = $"http://localhost:{port}/";
    }

    public string Address { get; }

    public static Task<ClientApp> StartAsync(Uri api) => StartAsync(Html(api));

    public static Task<ClientApp> StartAsync(string html) => StartAsync(html, TestSettings.FreePort());

    public static async Task<ClientApp> StartAsync(string html, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(html, "text/html; charset=utf-8"));
        // Services of the app's own: one says which token came, one asks for more.
        app.MapMethods("/token", ["GET", "POST"], (HttpContext context) => Results.Text(context.Request.Headers.Authorization.ToString()));
        app.MapGet("/demanding", (HttpContext context) => Challenge(context));
        await app.StartAsync();
        return new ClientApp(app, port);
    }

    private static IResult Challenge(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", max_age=\"60\", acr_values=\"aal2\"";
        return Results.StatusCode(401);
    }

    /// <summary>Each call of the client twice, as React's StrictMode makes it.</summary>
    public static string Html(Uri api) => $$"""
        <!doctype html>
        <title>App</title>
        <link rel="icon" href="data:,">
        <script type="module">
          import { createAccounts } from '{{api}}accounts.js';

          window.heard = [];
          window.prove = () => false;
          const accounts = window.accounts = createAccounts({
            baseUrl: '{{api}}', origins: [location.origin], onReauthenticate: challenge => prove(challenge),
          });
          accounts.onChange((user, reason) => heard.push(user?.username ?? reason ?? null));
          const quietly = promise => promise.catch(error => ({ error: error.code }));
          window.arrived = Promise.all([quietly(accounts.handleCallback()), quietly(accounts.handleCallback())]);
          window.ready = arrived.then(() => Promise.all([accounts.start(), accounts.start()])).then(([user]) => user?.username ?? null);
          document.body.append(Object.assign(document.createElement('h1'), { textContent: 'App' }));
        </script>
        <body></body>
        """;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
