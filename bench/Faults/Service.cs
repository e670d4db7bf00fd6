using System.Diagnostics;
using System.Net.Http.Json;

namespace Faults;

/// <summary>The server as a client sees it, through the proxy.</summary>
internal sealed class Service(int port, Relay? relay, Journal journal) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(relay is null ? 60 : 0.5) })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{relay?.Port ?? port}"),
        Timeout = TimeSpan.FromSeconds(35),
    };

    public async Task<Reply> AskAsync(HttpMethod method, string path, object? body = null, string? access = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/auth/{path}");
        request.Headers.Host = $"localhost:{port}";
        request.Content = body is null ? null : JsonContent.Create(body);
        if (access is not null)
        {
            request.Headers.Authorization = new("Bearer", access);
        }
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"refresh_token={cookie}");
        }
        var asked = Stopwatch.GetTimestamp();
        var reply = await SendAsync(request);
        journal.Add($"{method} {path}", reply, Stopwatch.GetElapsedTime(asked), viaRelay: relay is not null);
        return reply;
    }

    private async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await http.SendAsync(request);
            return await Reply.OfAsync(answer);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Reply(Came.Nothing, 0, default, [], null);
        }
    }

    public void Dispose() => http.Dispose();
}
