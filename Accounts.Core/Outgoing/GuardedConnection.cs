using System.Net;
using System.Net.Sockets;

namespace Accounts.Core.Outgoing;

/// <summary>
/// Connects to a host that somebody else named: to the open internet alone, and to the very address that was looked at, for a name may stand for
/// another one a moment later. A client that uses it has no proxy, which would resolve the name again, and follows no redirects.
/// </summary>
public static class GuardedConnection
{
    /// <exception cref="SocketException">there is no such host, or it cannot be reached</exception>
    /// <exception cref="ForbiddenAddressException">it has no public address</exception>
    public static Task<Stream> OpenAsync(DnsEndPoint host, CancellationToken cancellation) => OpenAsync(host, Dns.GetHostAddressesAsync, cancellation);

    /// <param name="host">that somebody named</param>
    /// <param name="lookUp">asked once: there is no second answer that could be another</param>
    /// <param name="cancellation">ends the wait</param>
    public static async Task<Stream> OpenAsync(DnsEndPoint host, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancellation) =>
        await OpenAsync(await PublicOnesAsync(host.Host, lookUp, cancellation), host.Port, cancellation);

    /// <summary>Of a name with public and private addresses the public ones alone: where a network translates (DNS64), every name has others beside its own.</summary>
    public static async Task<IPAddress[]> PublicOnesAsync(string host, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancellation)
    {
        var open = Array.FindAll(await lookUp(host, cancellation), PublicAddress.Is);
        return open.Length > 0 ? open : throw new ForbiddenAddressException($"{host} has no public address.");
    }

    /// <summary>To this machine and to nowhere else, whatever its names stand for.</summary>
    /// <exception cref="ForbiddenAddressException">it stands for another</exception>
    public static async Task<Stream> OpenLoopbackAsync(DnsEndPoint host, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancellation)
    {
        var own = (await lookUp(host.Host, cancellation)).Where(IPAddress.IsLoopback).ToArray();
        return own.Length > 0 ? await OpenAsync(own, host.Port, cancellation) : throw new ForbiddenAddressException($"{host.Host} is not this machine.");
    }

    /// <summary>Whatever it may be, for a host that the operator named.</summary>
    public static async Task<Stream> OpenAnyAsync(DnsEndPoint host, CancellationToken cancellation) =>
        await OpenAsync(await Dns.GetHostAddressesAsync(host.Host, cancellation), host.Port, cancellation);

    /// <summary>The first of them that answers.</summary>
    private static async Task<Stream> OpenAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host that may not be called.</summary>
public sealed class ForbiddenAddressException(string message) : IOException(message);
