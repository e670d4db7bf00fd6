using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>A connection on which exactly the given bytes are sent: for requests that no client library makes, and for answers that nobody reads.</summary>
public sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TcpClient tcp = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection.tcp.ConnectAsync("127.0.0.1", server.Port);
        return connection;
    }

    /// <param name="target">as the request line names it: a path, or an absolute URL</param>
    /// <param name="body">sent as JSON</param>
    /// <param name="headers">lines, the Host among them</param>
    public async Task PostAsync(string target, object body, params string[] headers)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body);
        string[] lines = [$"POST {target} HTTP/1.1", .. headers, "Content-Type: application/json", $"Content-Length: {json.Length}", "Connection: close", "", ""];
        await SendAsync(string.Join("\r\n", lines));
        await tcp.GetStream().WriteAsync(json);
    }

    /// <summary>Exactly this, in Latin-1.</summary>
    public ValueTask SendAsync(string text) => tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>One byte after the other at this pace, until all are sent or the server has had enough.</summary>
    public async Task DripAsync(string text, int bytesAtOnce, TimeSpan pause)
    {
        try
        {
            foreach (var piece in text.Chunk(bytesAtOnce))
            {
                await SendAsync(new string(piece));
                await Task.Delay(pause);
            }
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Everything that comes until the server closes the connection; a reset ends it too.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var answers = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (await tcp.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience) is > 0 and var count)
            {
                answers.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
        }
        return answers.ToString();
    }

    /// <summary>The status of the answer.</summary>
    public async Task<int> StatusAsync()
    {
        using var reader = new StreamReader(tcp.GetStream(), Encoding.Latin1, leaveOpen: true);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Cuts it with a reset, as a network that goes away.</summary>
    public ValueTask DisposeAsync()
    {
        tcp.Client.LingerState = new LingerOption(true, 0);
        tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
