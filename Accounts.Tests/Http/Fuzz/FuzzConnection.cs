using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>A connection that is kept as long as the server keeps it: a client library would refuse to send most of what is sent here.</summary>
internal sealed class FuzzConnection(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;
    private int start;
    private int end;

    /// <returns>null when the server closed without an answer</returns>
    /// <exception cref="OperationCanceledException">no answer in time</exception>
    public async Task<FuzzReply?> ExchangeAsync(FuzzRequest request)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await ConnectAsync(limit.Token);
            var sending = SendAsync(request, limit.Token);
            var reply = await ReadAsync(request.IsHead, limit.Token);
            // A line break in a raw text makes two requests of one, and the second answer may come when the next is asked for.
            if (reply.Closes || !await sending || end > start || request.MayBeUnreadable)
            {
                Dispose();
            }
            return reply;
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (socket is null)
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            (start, end) = (0, 0);
            await socket.ConnectAsync("127.0.0.1", port, cancellation);
        }
    }

    /// <returns>whether all of it could be sent</returns>
    private async Task<bool> SendAsync(FuzzRequest request, CancellationToken cancellation)
    {
        try
        {
            ReadOnlyMemory<byte> rest = (byte[])[.. request.Head, .. request.Body];
            while (rest.Length > 0)
            {
                rest = rest[await socket!.SendAsync(rest, cancellation)..];
            }
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task<FuzzReply> ReadAsync(bool isHead, CancellationToken cancellation)
    {
        var status = int.Parse((await LineAsync(cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);
        var lines = new List<string>();
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            lines.Add(line);
        }
        var headers = lines.Select(line => line.Split(':', 2)).ToLookup(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return new FuzzReply(status, headers, isHead || status is 204 or 304 ? [] : await BodyAsync(headers, cancellation));
    }

    private async Task<byte[]> BodyAsync(ILookup<string, string> headers, CancellationToken cancellation)
    {
        if (!headers["Transfer-Encoding"].Contains("chunked"))
        {
            return await BytesAsync(int.Parse(headers["Content-Length"].Single(), CultureInfo.InvariantCulture), cancellation);
        }
        var body = new MemoryStream();
        while (int.Parse(await LineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Write(await BytesAsync(size, cancellation));
            await LineAsync(cancellation);
        }
        await LineAsync(cancellation);
        return body.ToArray();
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync(cancellation);
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var taken = length < 0 ? end - start : length + 1;
            line.Append(Encoding.Latin1.GetString(buffer, start, taken));
            start += taken;
            if (length >= 0)
            {
                return line.ToString().TrimEnd('\r', '\n');
            }
        }
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new MemoryStream(count);
        while (bytes.Length < count)
        {
            await FillAsync(cancellation);
            var taken = Math.Min(count - (int)bytes.Length, end - start);
            bytes.Write(buffer, start, taken);
            start += taken;
        }
        return bytes.ToArray();
    }

    /// <summary>There is something to read.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (start == end)
        {
            (start, end) = (0, await socket!.ReceiveAsync(buffer, cancellation));
            if (end == 0)
            {
                throw new EndOfStreamException();
            }
        }
    }

    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }
}
