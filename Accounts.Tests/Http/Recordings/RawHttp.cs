using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Sends a request as it is written, over a connection of its own: an HTTP client would mend the path and the headers.</summary>
public static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] BodyMethods = ["POST", "PUT", "PATCH"];

    /// <param name="address">of the server, on this machine</param>
    /// <param name="request">with its placeholders filled in</param>
    public static async Task<RawAnswer> SendAsync(Uri address, RecordedRequest request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, address.Port, limit.Token);
        var stream = connection.GetStream();
        var sending = WriteAsync(stream, Bytes(address, request), limit.Token);
        var answer = await ReadToEndAsync(stream, limit.Token);
        await sending;
        return Parse(answer, hasBody: request.Method != "HEAD");
    }

    private static byte[] Bytes(Uri address, RecordedRequest request)
    {
        var body = Encoding.Latin1.GetBytes(request.Body ?? "");
        var head = new StringBuilder($"{request.Method} {request.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: Replay/1.0\r\nConnection: close\r\n");
        foreach (var (name, value) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        if (!request.Headers.ContainsKey("Content-Length") && (body.Length > 0 || BodyMethods.Contains(request.Method)))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }
        return [.. Encoding.Latin1.GetBytes($"{head}\r\n"), .. body];
    }

    /// <summary>A server may answer and close before it has read all.</summary>
    private static async Task WriteAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellation);
        }
        catch (IOException)
        {
        }
    }

    private static async Task<byte[]> ReadToEndAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, cancellation);
        }
        catch (IOException) when (answer.Length > 0)
        {
        }
        return answer.ToArray();
    }

    private static RawAnswer Parse(byte[] answer, bool hasBody)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (Name: pair[0], Value: pair[1])).ToList();
        var body = answer.AsSpan(end + 4);
        var chunked = headers.Any(header => header is ("Transfer-Encoding", "chunked"));
        var text = Encoding.UTF8.GetString(chunked && hasBody ? Unchunk(body) : body);
        return new RawAnswer(Reply.Of(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, text), headers);
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> chunks)
    {
        var body = new MemoryStream();
        while (true)
        {
            var end = chunks.IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(chunks[..end]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return body.ToArray();
            }
            body.Write(chunks.Slice(end + 2, length));
            chunks = chunks[(end + 2 + length + 2)..];
        }
    }
}

/// <summary>What came back, and the headers of which not everything is compared.</summary>
public sealed record RawAnswer(Reply Reply, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The value that is set; null for none.</summary>
    public string? Cookie(string name) => Headers.Where(header => header.Name == "Set-Cookie" && header.Value.StartsWith($"{name}=", StringComparison.Ordinal))
        .Select(header => header.Value[(name.Length + 1)..].Split(';')[0]).SingleOrDefault();
}
