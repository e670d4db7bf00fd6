using System.Collections.Concurrent;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Hands mail to a server by the framework's SMTP client, over connections that are kept while they work. MailKit, once
/// it can be had, goes here.
/// </summary>
public sealed class SmtpMailSender(IOptions<MailOptions> options, IOptions<SiteOptions> site) : IMailSender, IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<SmtpClient> idle = [];
    private readonly SmtpAddress address = SmtpAddress.TryParse(options.Value.SmtpUrl, out var parsed) is { } mistake
        ? throw new StartupException($"Accounts__Mail__SmtpUrl {mistake}")
        : parsed!;

    /// <exception cref="MailRejectedException">refused for good</exception>
    /// <exception cref="SmtpException">not now: unreachable, busy, no STARTTLS, a certificate that is not trusted, a password that is not accepted</exception>
    public async Task SendAsync(MailMessage message, CancellationToken cancellation)
    {
        using var mail = Compose(message);
        var client = idle.TryTake(out var kept) ? kept : Connect();
        try
        {
            // Not SendMailAsync: that one's wait for the answer to DATA heeds neither its cancellation nor the time limit.
            await Task.Run(() => client.Send(mail), cancellation);
            idle.Add(client);
        }
        catch (Exception e)
        {
            client.Dispose();
            throw e is SmtpException failure ? Explain(failure) : e;
        }
    }

    private SmtpClient Connect() => new(address.Host, address.Port)
    {
        EnableSsl = address.Tls,
        Credentials = address.Credentials,
        Timeout = (int)TimeLimit.TotalMilliseconds,
    };

    private System.Net.Mail.MailMessage Compose(MailMessage message)
    {
        var mail = new System.Net.Mail.MailMessage
        {
            From = new MailAddress(message.From),
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        mail.To.Add(new MailAddress(message.To));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        mail.Headers.Add("Message-ID", $"<{message.Id:N}@{site.Value.Host}>");
        // RFC 3834: no vacation notes in answer.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private Exception Explain(SmtpException failure)
    {
        if (IsFinal(failure))
        {
            return new MailRejectedException(failure.Message, failure);
        }
        // A refused password does not end the client's session; the server then refuses to take mail from a stranger.
        var unauthenticated = address.Credentials is not null
            && failure.StatusCode is SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted;
        return unauthenticated
            ? new SmtpException($"The mail server {address} does not accept the user and password in Accounts__Mail__SmtpUrl: {failure.Message}", failure)
            : failure;
    }

    /// <summary>A 5xx for the recipient, or for the content after DATA; one for the sender or the session speaks of our settings, not of this mail.</summary>
    private static bool IsFinal(SmtpException failure) =>
        failure is SmtpFailedRecipientException { StatusCode: >= (SmtpStatusCode)500 }
        || failure.StatusCode is SmtpStatusCode.ExceededStorageAllocation or SmtpStatusCode.TransactionFailed;

    public void Dispose()
    {
        while (idle.TryTake(out var client))
        {
            client.Dispose();
        }
    }
}
