using System.Net;

namespace Accounts.Core.Mail;

/// <summary>Where mail is handed over, read from <c>smtp://user:password@host:587</c>; STARTTLS is required unless <c>?tls=none</c>.</summary>
public sealed record SmtpServer(string Host, int Port, bool Tls, NetworkCredential? Credentials)
{
    private const int SubmissionPort = 587;

    /// <summary>Null when it is well; else what is wrong, without showing the password.</summary>
    public static string? TryParse(string url, out SmtpServer? address)
    {
        address = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return "is not an address: write smtp://user:password@host:587, and percent-encode what is special in user and password.";
        }
        if (uri.Scheme == "smtps")
        {
            return "begins with smtps:// (TLS from the first byte, port 465), which this build's mail client does not speak: use smtp://…:587, which upgrades by STARTTLS.";
        }
        var tls = uri.Query != "?tls=none";
        if (uri.Scheme != "smtp" || (uri.Query.Length > 0 && tls))
        {
            return "must begin with smtp:// and may end with ?tls=none, nothing else.";
        }
        if (!tls && uri.UserInfo.Length > 0)
        {
            return "has a password and ?tls=none: the password would travel in clear.";
        }
        address = new SmtpServer(uri.Host, uri.Port > 0 ? uri.Port : SubmissionPort, tls, CredentialsOf(uri.UserInfo));
        return null;
    }

    private static NetworkCredential? CredentialsOf(string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        return userInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }

    public override string ToString() => $"{Host}:{Port}";
}
