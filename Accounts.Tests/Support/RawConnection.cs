using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>A connection on which exactly the given bytes are sent: for requests that no client library makes, and for answers that nobody reads.</summary>
public sealed class RawConnection : IAsyncDisposable
{
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
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        await tcp.GetStream().WriteAsync(json);
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
