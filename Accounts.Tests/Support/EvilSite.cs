using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Support;

/// <summary>Somebody's page that makes its visitors' browsers send requests to the server: by forms of every encoding, and by fetch.</summary>
public sealed class EvilSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private EvilSite(WebApplication app, int port)
    {
        this.app = app;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Another site than localhost.</summary>
    public string OtherSite => $"http://127.0.0.1:{Port}/";

    /// <summary>Another site too, by a name.</summary>
    public string OtherName => $"http://evil.localhost:{Port}/";

    /// <summary>The server's own site under another origin, as a sibling sub-domain is: the cookie is sent along.</summary>
    public string Sibling => $"http://localhost:{Port}/";

    /// <summary>The same page inside a sandboxed frame: its origin is null.</summary>
    public string Sandboxed => $"{Sibling}sandbox";

    public static async Task<EvilSite> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/", () => Html(Page));
        app.MapGet("/sandbox", () => Html("""<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts allow-forms" src="/"></iframe>"""));
        await app.StartAsync();
        return new EvilSite(app, port);
    }

    private static IResult Html(string html) => Results.Content(html, "text/html; charset=utf-8");

    private const string Page = """
        <!doctype html>
        <title>Kittens</title>
        <link rel="icon" href="data:,">
        <script>
          // The answer cannot be read; its status is seen by whoever watches the browser.
          function post(address, encoding, fields) {
            const form = Object.assign(document.createElement('form'), { method: 'post', action: address, enctype: encoding });
            for (const [name, value] of Object.entries(fields)) {
              form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
            }
            document.body.append(form);
            form.submit();
          }

          const send = (address, mode, type, body) => fetch(address, { method: 'POST', mode, credentials: 'include', headers: type ? { 'Content-Type': type } : {}, body })
            .then(answer => answer.type === 'opaque' ? 'opaque' : 'read', error => error.name);
        </script>
        <body></body>
        """;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
