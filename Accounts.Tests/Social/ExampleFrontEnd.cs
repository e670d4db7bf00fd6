using System.Net;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Social;

/// <summary>The two examples of <c>docs/social.md</c>, each as a front end on a port of its own: a script drives the first, the server the second.</summary>
public sealed partial class ExampleFrontEnd : IAsyncDisposable
{
    private readonly WebApplication app;

    private ExampleFrontEnd(WebApplication app, int[] ports) => (this.app, Addresses) = (app, [.. ports.Select(port => $"http://localhost:{port}/")]);

    public string[] Addresses { get; }

    public static async Task<ExampleFrontEnd> StartAsync(Uri api)
    {
        var pages = Example().Matches(Repository.Read("docs/social.md"))
            .Select(match => match.Groups[1].Value.Replace("http://localhost:8000/", $"{api}", StringComparison.Ordinal)).ToArray();
        int[] ports = [.. pages.Select(_ => TestSettings.FreePort())];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => Array.ForEach(ports, port => kestrel.Listen(IPAddress.Loopback, port)));
        var app = builder.Build();
        app.MapGet("/", (HttpContext context) => Results.Content(pages[Array.IndexOf(ports, context.Connection.LocalPort)], "text/html; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        await app.StartAsync();
        return new ExampleFrontEnd(app, ports);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    [GeneratedRegex("```html\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
