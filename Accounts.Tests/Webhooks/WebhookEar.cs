using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Webhooks;

/// <summary>What an app was told.</summary>
/// <param name="Receiver">which it is, by its path</param>
/// <param name="Headers">by their names in small letters</param>
/// <param name="Body">to the byte</param>
public sealed record HeardWebhook(string Receiver, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Id => Headers["webhook-id"];

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>Empty where it is about nobody in particular.</summary>
    public Guid User => Data.TryGetProperty("user_id", out var user) ? user.GetGuid() : Guid.Empty;

    /// <summary>What is unusual about its place; null for nothing.</summary>
    public string? Order => Headers.GetValueOrDefault("accounts-order");
}

/// <summary>An app that is told what happens: it keeps all that it hears, and answers as a test says.</summary>
public sealed class WebhookEar : IAsyncDisposable
{
    /// <summary>Of every receiver of the tests, unless one says another.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication app;
    private readonly int port;
    private readonly ConcurrentQueue<HeardWebhook> heard = new();
    private readonly ConcurrentDictionary<string, Func<HeardWebhook, HttpContext, Task>> answers = new();

    private WebhookEar(WebApplication app, int port) => (this.app, this.port) = (app, port);

    public static async Task<WebhookEar> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var ear = new WebhookEar(builder.Build(), port);
        ear.app.MapPost("/{receiver}", ear.HearAsync);
        await ear.app.StartAsync();
        return ear;
    }

    /// <summary>The settings of a receiver that is told here.</summary>
    public (string Key, string Value)[] Receiver(string name, string events = "", string secret = Secret) =>
    [
        ($"Accounts:Webhooks:{name}:Url", $"http://127.0.0.1:{port}/{name}"), ($"Accounts:Webhooks:{name}:Secret", secret), ($"Accounts:Webhooks:{name}:Events", events),
    ];

    /// <summary>All that a receiver has heard of a user, refused tries too.</summary>
    public HeardWebhook[] Of(Guid user, string receiver = "app") => [.. heard.Where(webhook => webhook.Receiver == receiver && webhook.User == user)];

    public HeardWebhook[] All(string receiver = "app") => [.. heard.Where(webhook => webhook.Receiver == receiver)];

    /// <summary>How a receiver answers from now on.</summary>
    public void Answer(string receiver, Func<HeardWebhook, HttpContext, Task> answer) => answers[receiver] = answer;

    /// <inheritdoc cref="Answer(string, Func{HeardWebhook, HttpContext, Task})"/>
    public void Answer(string receiver, Func<HeardWebhook, int> status) => Answer(receiver, (webhook, context) =>
    {
        context.Response.StatusCode = status(webhook);
        return Task.CompletedTask;
    });

    /// <summary>Until a receiver has heard so many of a user.</summary>
    public async Task<HeardWebhook[]> WaitAsync(Guid user, int count, string receiver = "app")
    {
        await Until.TrueAsync(() => Task.FromResult(Of(user, receiver).Length >= count), $"{receiver} has heard {count} of {user}");
        return Of(user, receiver);
    }

    private async Task HearAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        var webhook = new HeardWebhook((string)context.Request.RouteValues["receiver"]!, headers, await reader.ReadToEndAsync());
        heard.Enqueue(webhook);
        if (answers.TryGetValue(webhook.Receiver, out var answer))
        {
            await answer(webhook, context);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
