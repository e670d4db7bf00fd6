using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Receivers that answer with far too much.</summary>
[Trait("Pace", "long")]
public sealed class WebhookFloodTests(Postgres postgres)
{
    private const int Flood = 100 * 1024 * 1024, MostGrowth = 48 * 1024;
    private static readonly byte[] Part = new byte[64 * 1024];

    /// <summary>What each sends first, and what it repeats: a body that it says the length of, one without end, a head without end, answers before the answer.</summary>
    private static readonly Dictionary<string, (string First, string Repeated)> Floods = new()
    {
        ["body"] = ($"HTTP/1.1 200 OK\r\nContent-Length: {Flood}\r\n\r\n", "x"),
        ["chunks"] = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        ["head"] = ("HTTP/1.1 200 OK\r\n", "X-Flood: 1234567890\r\n"),
        ["line"] = ("HTTP/1.1 200 OK\r\nX-Flood: ", "x"),
        ["interim"] = ("", "HTTP/1.1 102 Processing\r\n\r\n"),
    };

    [Fact]
    public async Task SG_24_Of_an_answer_of_a_hundred_megabytes_next_to_nothing_is_read_and_nothing_is_kept()
    {
        var listeners = Floods.Keys.ToDictionary(name => name, _ => Listen());
        var settings = listeners.SelectMany(one => new[] { ($"Accounts:Webhooks:{one.Key}:Url", $"http://127.0.0.1:{((IPEndPoint)one.Value.LocalEndpoint).Port}/"), ($"Accounts:Webhooks:{one.Key}:Secret", WebhookEar.Secret) });
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), [.. settings]);
        using var client = server.Client();
        await client.RegisterSomebodyAsync();
        var before = Kilobytes(server, "VmHWM");
        var written = await Task.WhenAll(listeners.Select(async one => (one.Key, Bytes: await FloodAsync(one.Value, Floods[one.Key]))));
        await Until.TrueAsync(async () => await server.Database.CountAsync("webhook_messages", "receiver IN ('body', 'chunks') AND state = 'sent'") == 2, "the status counts, whatever comes after it");
        await Until.TrueAsync(
            async () => await server.Database.CountAsync("webhook_messages", "receiver IN ('head', 'line', 'interim') AND state <> 'sent' AND last_error IS NOT NULL") == 3, "what has no end is no answer", TimeSpan.FromSeconds(60));
        Assert.All(written.Where(one => one.Key != "interim"), one => Assert.InRange(one.Bytes, 0, Flood / 4));
        Assert.InRange(Kilobytes(server, "VmHWM") - before, 0, MostGrowth);
        foreach (var listener in listeners.Values)
        {
            listener.Dispose();
        }
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <summary>Answers one request.</summary>
    /// <returns>how much of it went into the socket, whose buffers are of a few megabytes</returns>
    private static async Task<int> FloodAsync(TcpListener listener, (string First, string Repeated) flood)
    {
        using var socket = await listener.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[Part.Length]);
        var part = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(flood.Repeated, Part.Length / flood.Repeated.Length)));
        var written = 0;
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(flood.First));
            while (written < Flood)
            {
                written += await socket.SendAsync(part);
            }
        }
        catch (SocketException)
        {
        }
        return written;
    }

    /// <summary>Of a process, as the kernel counts it: at most so far.</summary>
    private static int Kilobytes(ServerProcess server, string what) => int.Parse(
        File.ReadLines($"/proc/{server.Id}/status").Single(line => line.StartsWith($"{what}:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
}
