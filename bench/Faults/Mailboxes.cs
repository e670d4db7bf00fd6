using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Faults;

internal enum MailFault
{
    None,
    /// <summary>Hangs up in the middle of the text.</summary>
    Stalls,
    /// <summary>Hangs up once it has taken the mail, before it says so.</summary>
    ForgetsToAnswer,
}

/// <summary>A mail server that counts what it has taken for whom, and can be away.</summary>
internal sealed class Mailboxes : IDisposable
{
    private readonly ConcurrentDictionary<string, int> taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> copies = new(StringComparer.Ordinal);
    private TcpListener listener = new(IPAddress.Loopback, 0);

    public Mailboxes() => Open();

    public MailFault Fault { get; set; }

    public int Port { get; private set; }

    public int Taken => taken.Values.Sum();

    /// <summary>Mails that came once more, by their Message-ID.</summary>
    public int Doubled => copies.Values.Sum(count => count - 1);

    public int CountOf(string address) => taken.GetValueOrDefault(address);

    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync(listener);
    }

    public void Close() => listener.Stop();

    private async Task AcceptAsync(TcpListener open)
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await open.AcceptTcpClientAsync(), open);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client, TcpListener open)
    {
        try
        {
            using var connection = client;
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 mailboxes");
            var recipient = "";
            while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                if (listener != open)
                {
                    return;
                }
                if (line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase))
                {
                    recipient = line[9..line.IndexOf('>', StringComparison.Ordinal)];
                }
                else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    if (Fault == MailFault.Stalls)
                    {
                        await reader.ReadLineAsync();
                        await Task.Delay(TimeSpan.FromSeconds(2));
                        return;
                    }
                    await ReadAsync(reader);
                    taken.AddOrUpdate(recipient, 1, (_, count) => count + 1);
                    if (Fault == MailFault.ForgetsToAnswer)
                    {
                        return;
                    }
                }
                await writer.WriteLineAsync("250 yes");
            }
        }
        catch (IOException)
        {
            // They hung up.
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line and not ".")
        {
            if (line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))
            {
                copies.AddOrUpdate(line[11..].Trim(), 1, (_, count) => count + 1);
            }
        }
    }

    public void Dispose() => listener.Dispose();
}
