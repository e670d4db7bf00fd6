using System.Net;
using MailKit.Security;

namespace Accounts.Core.Mail;

/// <summary>
/// Where mail is handed over: <c>smtp://user:password@host:587</c> (STARTTLS, required unless <c>?tls=none</c>) or
/// <c>smtps://user:password@host:465</c> (TLS from the first byte, RFC 8314).
/// </summary>
public sealed record SmtpServer(string Host, int Port, SecureSocketOptions Security, NetworkCredential? Credentials)
{
    private const int SubmissionPort = 587, ImplicitTlsPort = 465;

    /// <summary>Null when it is well; else what is wrong, without showing the password.</summary>
    public static string? TryParse(string url, out SmtpServer? server)
    {
        server = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return "is not an address: write smtp://user:password@host:587 or smtps://user:password@host:465, and percent-encode what is special in user and password.";
        }
        if (uri.Scheme is not ("smtp" or "smtps") || uri.PathAndQuery is not ("" or "/" or "/?tls=none" or "?tls=none") || uri.Fragment.Length > 0)
        {
            return "must begin with smtp:// or smtps:// and may end with ?tls=none, nothing else.";
        }
        var isInClear = uri.Query.Length > 0;
        if (isInClear && uri.Scheme == "smtps")
        {
            return "begins with smtps:// and ends with ?tls=none: choose one.";
        }
        if (isInClear && uri.UserInfo.Length > 0)
        {
            return "has a password and ?tls=none: the password would travel in clear.";
        }
        server = uri.Scheme == "smtps"
            ? new SmtpServer(uri.Host, PortOf(uri, ImplicitTlsPort), SecureSocketOptions.SslOnConnect, CredentialsOf(uri.UserInfo))
            : new SmtpServer(uri.Host, PortOf(uri, SubmissionPort), isInClear ? SecureSocketOptions.None : SecureSocketOptions.StartTls, CredentialsOf(uri.UserInfo));
        return null;
    }

    private static int PortOf(Uri uri, int otherwise) => uri.Port > 0 ? uri.Port : otherwise;

    private static NetworkCredential? CredentialsOf(string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        return userInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }

    public override string ToString() => $"{Host}:{Port}";
}
