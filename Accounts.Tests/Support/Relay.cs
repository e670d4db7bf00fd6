using System.Net;
using System.Net.Sockets;

namespace Accounts.Tests.Support;

/// <summary>Stands before a port of this machine, and can fall silent as a machine that hangs: connections are accepted, and nothing comes any more.</summary>
public sealed class Relay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly int target;

    public Relay(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public bool IsSilent { get; set; }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            _ = PassAsync(await listener.AcceptTcpClientAsync(end.Token));
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            await far.ConnectAsync(IPAddress.Loopback, target, end.Token);
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        for (int count; (count = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            if (!IsSilent)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), end.Token);
            }
        }
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }
}
