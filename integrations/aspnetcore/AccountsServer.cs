using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Accounts.AspNetCore;

/// <summary>What Accounts is asked over HTTP.</summary>
internal sealed class AccountsServer(AccountsOptions options, ILogger<AccountsServer> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        BaseAddress = new Uri($"{(options.Server ?? options.Issuer).TrimEnd('/')}/"),
        Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 4_000_000,
    };

    public Task<string> KeysAsync() => AskAsync(new HttpRequestMessage(HttpMethod.Get, ".well-known/jwks.json"));

    public bool Follows => options.Client is not null && options.Follow;

    /// <summary>What has ended behind a place; waits for so many seconds where nothing has.</summary>
    public async Task<EndedAnswer> EndedAsync(string after, int wait, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(wait + 5));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/auth/ended-sessions/?after={after}&wait={wait}") { Headers = { Authorization = Credentials() } };
        using var answer = await http.SendAsync(request, late.Token);
        await using var told = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(late.Token);
        return await JsonSerializer.DeserializeAsync<EndedAnswer>(told, Json, late.Token) ?? throw new JsonException("It is no answer.");
    }

    /// <summary>What is so of a token at this moment (RFC 7662).</summary>
    /// <exception cref="Refusal">it is over, or nobody can say</exception>
    public async Task<JsonObject> AsOfNowAsync(string token)
    {
        var answer = await AskAsync(new HttpRequestMessage(HttpMethod.Post, "api/auth/introspect/")
        {
            Headers = { Authorization = Credentials() },
            Content = new FormUrlEncodedContent([new("token", token)]),
        });
        return Read(answer) is { } told && told["active"] is JsonValue active && active.TryGetValue(out bool isActive)
            ? isActive ? told : throw Refusal.NotValid("revoked")
            : throw Refusal.Unavailable;
    }

    private AuthenticationHeaderValue Credentials()
    {
        var (name, secret) = options.Client ?? throw new InvalidOperationException(
            "Set AccountsOptions.Client to one that Accounts lists in Accounts__Tokens__IntrospectionClients: what asks for live asks in its name.");
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));
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
            using (var late = new CancellationTokenSource(Patience))
            using (request)
            using (var answer = await http.SendAsync(request, late.Token))
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
