using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Integrations;

/// <summary>Stands before the server, where services ask it: counts how often its keys are read, and can be away in several ways.</summary>
internal sealed class IssuerFront : IAsyncDisposable
{
    public const string Passes = "passes", Fails = "fails", Hangs = "hangs", Babbles = "babbles", Empties = "empties", Redirects = "redirects", Forgets = "forgets",
        Hushes = "hushes", Drips = "drips", Floods = "floods";

    /// <summary>The ways of being away.</summary>
    public static readonly string[] Away = [Fails, Hangs, Babbles, Empties, Redirects];

    private readonly HttpClient http = new();
    private readonly WebApplication app;
    private readonly Uri server;
    private int keysRead;

    private IssuerFront(Uri server)
    {
        this.server = server;
        Address = $"http://127.0.0.1:{TestSettings.FreePort()}";
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls(Address);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Address { get; }

    public string Mode { get; set; } = Passes;

    public int KeysRead => keysRead;

    public static async Task<IssuerFront> StartAsync(Uri server)
    {
        var front = new IssuerFront(server);
        await front.app.StartAsync();
        return front;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/.well-known/jwks.json")
        {
            Interlocked.Increment(ref keysRead);
        }
        switch (Mode)
        {
            case Fails:
                context.Response.StatusCode = 503;
                break;
            case Hangs:
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Babbles:
                await context.Response.WriteAsync("<html>");
                break;
            case Empties:
                await context.Response.WriteAsJsonAsync(new { keys = Array.Empty<string>() });
                break;
            case Redirects:
                context.Response.Redirect($"{server}.well-known/jwks.json");
                break;
            case Forgets when IsOfTheFeed(context):
                context.Response.StatusCode = 410;
                break;
            case Hushes when IsOfTheFeed(context):
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Drips when IsOfTheFeed(context):
                await WriteOnAsync(context, 1, TimeSpan.FromSeconds(1));
                break;
            case Floods when IsOfTheFeed(context):
                await WriteOnAsync(context, 100_000, TimeSpan.Zero);
                break;
            default:
                await PassAsync(context);
                break;
        }
    }

    private static bool IsOfTheFeed(HttpContext context) => context.Request.Path == EndedSessions.FeedSteps.Feed;

    /// <summary>An answer without end, in JSON's own white space.</summary>
    private static async Task WriteOnAsync(HttpContext context, int bytes, TimeSpan pause)
    {
        var part = Enumerable.Repeat((byte)' ', bytes).ToArray();
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(part, context.RequestAborted).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(pause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(server, $"{context.Request.Path}{context.Request.QueryString}")) { Content = new StreamContent(context.Request.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        request.Headers.TryAddWithoutValidation("Authorization", $"{context.Request.Headers.Authorization}");
        using var answer = await http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }
}
