using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Accounts.AspNetCore;

/// <summary>What Accounts is asked over HTTP.</summary>
internal sealed class AccountsServer(AccountsOptions options, ILogger<AccountsServer> logger) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        BaseAddress = new Uri($"{(options.Server ?? options.Issuer).TrimEnd('/')}/"),
        Timeout = TimeSpan.FromSeconds(3),
    };

    public Task<string> KeysAsync() => AskAsync(new HttpRequestMessage(HttpMethod.Get, ".well-known/jwks.json"));

    /// <summary>What is so of a token at this moment (RFC 7662).</summary>
    /// <exception cref="Refusal">it is over, or nobody can say</exception>
    public async Task<JsonObject> AsOfNowAsync(string token)
    {
        var (name, secret) = options.Client ?? throw new InvalidOperationException(
            "Set AccountsOptions.Client to one that Accounts lists in Accounts__Tokens__IntrospectionClients: what asks for live asks in its name.");
        var answer = await AskAsync(new HttpRequestMessage(HttpMethod.Post, "api/auth/introspect/")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"))) },
            Content = new FormUrlEncodedContent([new("token", token)]),
        });
        return Read(answer) is { } told && told["active"] is JsonValue active && active.TryGetValue(out bool isActive)
            ? isActive ? told : throw Refusal.NotValid("revoked")
            : throw Refusal.Unavailable;
    }

    private static JsonObject? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string> AskAsync(HttpRequestMessage request)
    {
        try
        {
            using (request)
            using (var answer = await http.SendAsync(request))
            {
                return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            logger.LogWarning(e, "{Server} can't be asked for {Path}.", http.BaseAddress, request.RequestUri);
            throw Refusal.Unavailable;
        }
    }

    public void Dispose() => http.Dispose();
}
