using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bench;

/// <summary>Takes mail by SMTP as fast as it comes and throws it away.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int received;
    private long first, last;

    public MailSink()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What each mail takes it.</summary>
    public TimeSpan Pace { get; init; }

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}?tls=none";

    public int Received => Volatile.Read(ref received);

    /// <summary>From the first mail's end to the last one's.</summary>
    public TimeSpan Between => Stopwatch.GetElapsedTime(first, last);

    public void Forget() => (received, first) = (0, 0);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is not (null or "."))
                {
                }
                await Task.Delay(Pace);
                Count();
            }
            await writer.WriteLineAsync("250 yes");
        }
    }

    private void Count()
    {
        lock (listener)
        {
            last = Stopwatch.GetTimestamp();
            first = received++ == 0 ? last : first;
        }
    }

    public void Dispose() => listener.Dispose();
}
