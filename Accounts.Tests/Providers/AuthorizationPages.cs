using System.Collections.Concurrent;
using System.Net;
using System.Text.Encodings.Web;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Providers;

/// <summary>
/// What people see of the providers, on another site than ours: a page each, with everybody whom it knows and a button to cancel.
/// What the browser goes on with is <see cref="DocumentedAnswers"/>.
/// </summary>
public sealed class AuthorizationPages : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<(string Provider, string Name), Func<string, string>> people = new();
    private readonly ConcurrentDictionary<(string Provider, string Name), bool> known = new();

    private AuthorizationPages(WebApplication app, int port) => (this.app, Address) = (app, $"http://127.0.0.1:{port}");

    public string Address { get; }

    public string Of(string provider) => $"{Address}/{provider}";

    public static async Task<AuthorizationPages> StartAsync()
    {
        var port = TestSettings.FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var started = new AuthorizationPages(builder.Build(), port);
        started.app.MapGet("/{provider}", (string provider) => started.Choice(provider));
        started.app.MapPost("/{provider}", (string provider, HttpRequest request) => started.AnswerAsync(provider, request));
        await started.app.StartAsync();
        return started;
    }

    /// <param name="provider">as in our paths</param>
    /// <param name="name">on the button</param>
    /// <param name="agree">makes a code for what an address of the page asks for</param>
    public void Add(string provider, string name, Func<string, string> agree) => people[(provider, name)] = agree;

    private IResult Choice(string provider)
    {
        var buttons = people.Keys.Where(key => key.Provider == provider).Select(key => key.Name).Append(Cancel)
            .Select(name => $"""<button name="person" value="{name}">{name}</button>""");
        return Html($"""<h1>Who is signing in with {provider}?</h1><form method="post">{string.Concat(buttons)}</form>""");
    }

    public const string Cancel = "Cancel";

    private async Task<IResult> AnswerAsync(string provider, HttpRequest request)
    {
        var name = (await request.ReadFormAsync())["person"].ToString();
        var (way, state) = (request.Query["redirect_uri"].ToString(), request.Query["state"].ToString());
        var answer = name == Cancel
            ? DocumentedAnswers.Declined(provider)
            : DocumentedAnswers.Agreed(provider, people[(provider, name)]($"{Of(provider)}{request.QueryString}"), isFirst: known.TryAdd((provider, name), true));
        answer["state"] = state;
        return request.Query["response_mode"] == "form_post"
            ? Html($"""<form method="post" action="{Text(way)}">{string.Concat(answer.Select(Field))}</form><script>document.forms[0].submit()</script>""")
            : Results.Redirect($"{QueryHelpers.AddQueryString(way, answer)}{DocumentedAnswers.Fragment(provider)}");
    }

    private static string Field(KeyValuePair<string, string?> field) => $"""<input type="hidden" name="{field.Key}" value="{Text(field.Value!)}">""";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static IResult Html(string body) =>
        Results.Content($"""<!doctype html><title>Provider</title><link rel="icon" href="data:,">{body}""", "text/html; charset=utf-8");

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
