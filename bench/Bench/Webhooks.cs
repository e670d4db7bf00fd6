using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bench;

/// <summary>How fast what waits is told to one app that answers at once.</summary>
internal sealed class Webhooks(Stage stage, Results results)
{
    private const string Name = "bench_webhooks", Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const int Users = 1_000;

    public async Task MeasureAsync()
    {
        foreach (var count in new[] { 1_000, 10_000 })
        {
            results.Add($"webhooks a second to an app that answers at once, {count} of {Users} users waiting", "100", await TellAsync(count), 0);
        }
    }

    /// <summary>To loopback, which Development alone allows.</summary>
    /// <returns>with those that did not come as bad</returns>
    private async Task<Load> TellAsync(int count)
    {
        var data = await stage.CopyAsync(Stage.Small, Name);
        await data.ExecuteAsync("TRUNCATE security_events, daily_counts, webhook_messages, webhook_receivers");
        await data.ExecuteAsync($"""
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, number)
            SELECT gen_random_uuid(), 'signed_in', u.id, now(), '', '', row_number() OVER () FROM (SELECT id FROM users LIMIT {Users}) u, generate_series(1, {count / Users});
            INSERT INTO webhook_messages (receiver, number, event_id, user_id, type, state)
            SELECT 'app', number, id, user_id, 'session.started', CASE WHEN number = min(number) OVER (PARTITION BY user_id) THEN 'queued' ELSE 'held' END FROM security_events WHERE number IS NOT NULL;
            INSERT INTO webhook_receivers (receiver, last_number, seen_at) VALUES ('app', 1000000000, now())
            """);
        await data.ExecuteAsync("VACUUM ANALYZE webhook_messages");
        using var app = new TcpListener(IPAddress.Loopback, 0);
        app.Start();
        var told = new ConcurrentQueue<long>();
        _ = ListenAsync(app, told);
        await using var server = await stage.ServerAsync(
            Name, ("ASPNETCORE_ENVIRONMENT", "Development"), ("Accounts__Webhooks__App__Url", $"http://127.0.0.1:{((IPEndPoint)app.LocalEndpoint).Port}/"), ("Accounts__Webhooks__App__Secret", Secret));
        for (var waited = Stopwatch.StartNew(); told.Count < count && waited.Elapsed < TimeSpan.FromMinutes(3);)
        {
            await Task.Delay(20);
        }
        var all = told.ToArray();
        var pace = all.Length > 1 ? (all.Length - 1) / Stopwatch.GetElapsedTime(all[0], all[^1]).TotalSeconds : 0;
        return new Load(pace, 1, null, null, Math.Max(0, count - all.Length));
    }

    private static async Task ListenAsync(TcpListener app, ConcurrentQueue<long> told)
    {
        while (app.Server.IsBound)
        {
            _ = AnswerAsync(await app.AcceptTcpClientAsync(), told);
        }
    }

    /// <summary>A webhook comes whole or in two pieces, and ends its object and its data.</summary>
    private static async Task AnswerAsync(TcpClient client, ConcurrentQueue<long> told)
    {
        using var connection = client;
        client.NoDelay = true;
        var (buffer, taken) = (new byte[8 * 1024], "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        for (int read; (read = await client.GetStream().ReadAsync(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, read).EndsWith("}}"u8))
            {
                told.Enqueue(Stopwatch.GetTimestamp());
                await client.GetStream().WriteAsync(taken);
            }
        }
    }
}
