using System.Net;
using System.Net.Sockets;

namespace Faults;

/// <summary>Between client and proxy: of some connections it loses the answer, of some it is late with it.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly double lost;
    private readonly double late;

    public Relay(int target, double lost, double late)
    {
        (this.target, this.lost, this.late) = (target, lost, late);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        try
        {
            using (client)
            {
                await server.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), AnswerAsync(server.GetStream(), client.GetStream()));
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Either side has gone.
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await server.ReadAsync(buffer)) > 0;)
        {
            var luck = Random.Shared.NextDouble();
            if (luck < lost)
            {
                return;
            }
            if (luck < lost + late)
            {
                await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble() * 3));
            }
            await client.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    public void Dispose() => listener.Dispose();
}
