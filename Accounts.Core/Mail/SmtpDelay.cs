using System.Net.Mail;
using System.Net.Sockets;
using System.Reflection;

namespace Accounts.Core.Mail;

/// <summary>
/// The framework's client sends a mail in small pieces and leaves Nagle's algorithm on (RFC 896), so that the last piece
/// waits for the receiver's delayed acknowledgement: 40 ms a mail. It doesn't show its socket. Reached by reflection
/// here; a framework that keeps it elsewhere is as slow as before, and a test tells.
/// </summary>
public static class SmtpDelay
{
    /// <summary>For a client that is connected: from the next mail on.</summary>
    /// <returns>whether its socket was found</returns>
    public static bool Remove(SmtpClient client)
    {
        if (SocketOf(client) is not { } socket)
        {
            return false;
        }
        socket.NoDelay = true;
        return true;
    }

    private static TcpClient? SocketOf(SmtpClient client) => Field(Field(Field(client, "_transport"), "_connection"), "_tcpClient") as TcpClient;

    private static object? Field(object? of, string name) => of?.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(of);
}
