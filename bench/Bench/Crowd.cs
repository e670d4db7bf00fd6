using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench;

/// <summary>Clients at once, each of which does one act after another: for what a script of wrk cannot compute. It takes its share of the cores, and so its ceiling is driven by it as well.</summary>
internal static class Crowd
{
    public const int Clients = 32;

    /// <summary>All ask at once in the beginning, and an act takes a while: only what ends after that counts.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(3);

    /// <param name="act">what the client of that number does; false where an answer was not as it should be</param>
    /// <param name="server">that is asked</param>
    /// <param name="seconds">for so long, and the beginning before</param>
    public static async Task<Load> RunAsync(Uri server, int seconds, Func<HttpClient, int, Task<bool>> act)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Clients }) { BaseAddress = server };
        var (times, bad, clock) = (new ConcurrentBag<double>(), 0, Stopwatch.StartNew());
        var end = Beginning + TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => ActAsync(client))));
        return Load.Of(times, (double)times.Count / seconds, bad);

        async Task ActAsync(int client)
        {
            while (clock.Elapsed < end)
            {
                var began = clock.Elapsed;
                var isGood = await act(http, client);
                if (clock.Elapsed >= Beginning && clock.Elapsed < end)
                {
                    times.Add((clock.Elapsed - began).TotalMilliseconds);
                    Interlocked.Add(ref bad, isGood ? 0 : 1);
                }
            }
        }
    }

    /// <returns>the status and the body</returns>
    public static async Task<(int Status, JsonElement Json)> PostAsync(this HttpClient http, string path, JsonNode? body = null, string? transport = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body?.ToJsonString() ?? "{}", new MediaTypeHeaderValue("application/json")) };
        if (transport is not null)
        {
            request.Headers.Add("X-Token-Transport", transport);
        }
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()));
    }
}
