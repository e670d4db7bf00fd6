using System.Net.Mail;
using System.Net.Sockets;
using System.Reflection;

namespace Accounts.Core.Mail;

/// <summary>
/// The framework's client sends a mail in small pieces and leaves Nagle's algorithm on (RFC 896), so that the last piece
/// waits for the receiver's delayed acknowledgement: 40 ms a mail. It doesn't show its socket. Reached by reflection
/// here; a framework that keeps it elsewhere is as slow as before, and a test tells.
/// </summary>
internal static class SmtpDelay
{
    /// <summary>For a client that is connected: from the next mail on.</summary>
    public static void Remove(SmtpClient client)
    {
        if (SocketOf(client) is { } socket)
        {
            socket.NoDelay = true;
        }
    }

    internal static TcpClient? SocketOf(SmtpClient client) => Field(Field(Field(client, "_transport"), "_connection"), "_tcpClient") as TcpClient;

    private static object? Field(object? of, string name) => of?.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(of);
}
