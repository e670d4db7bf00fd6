using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using Accounts.Core.Failures;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Hands mail to a server by the framework's SMTP client, over connections that are kept while they work. MailKit, once
/// it can be had, goes here.
/// </summary>
public sealed partial class SmtpMailSender(IOptions<MailOptions> options, IOptions<SiteOptions> site) : IMailSender, IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // Servers hang up on idle clients, and a client only notices by failing the next mail.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<(SmtpClient Client, long Since)> idle = [];
    private readonly SmtpServer address = SmtpServer.TryParse(options.Value.SmtpUrl, out var parsed) is { } mistake
        ? throw new StartupException($"Accounts__Mail__SmtpUrl {mistake}")
        : parsed!;

    /// <exception cref="UndeliverableException">refused for good</exception>
    /// <exception cref="SmtpException">not now: unreachable, busy, no STARTTLS, a certificate that is not trusted, a password that is not accepted</exception>
    public async Task SendAsync(MailMessage message, CancellationToken cancellation)
    {
        using var mail = Compose(message);
        var client = TakeKept() ?? Connect();
        try
        {
            // Not SendMailAsync: that one's wait for the answer to DATA heeds neither its cancellation nor the time limit.
            await Task.Run(() => client.Send(mail), cancellation);
            SmtpDelay.Remove(client);
            idle.Add((client, Stopwatch.GetTimestamp()));
        }
        catch (Exception e)
        {
            client.Dispose();
            throw Explain(e);
        }
    }

    private SmtpClient? TakeKept()
    {
        while (idle.TryTake(out var kept))
        {
            if (Stopwatch.GetElapsedTime(kept.Since) < KeptFor)
            {
                return kept.Client;
            }
            kept.Client.Dispose();
        }
        return null;
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

    private Exception Explain(Exception e) => e switch
    {
        SmtpException failure when IsFinal(failure) => new UndeliverableException(failure.Message, failure),
        SmtpException failure when IsStranger(failure) => new SmtpException(address.Credentials is null
            ? $"The mail server {address} takes no mail from us without a user and password in Accounts__Mail__SmtpUrl ({(int)failure.StatusCode})."
            : $"The mail server {address} does not accept the user and password in Accounts__Mail__SmtpUrl, or lets them send no such mail ({(int)failure.StatusCode}).", failure),
        SmtpException { StatusCode: SmtpStatusCode.GeneralFailure } failure =>
            new SmtpException($"The mail server {address} cannot be used: {failure.Message} {failure.InnerException?.Message}".Trim(), failure),
        AuthenticationException => new SmtpException($"The mail server {address} shows a certificate that is not trusted: {e.Message}", e),
        _ => e,
    };

    /// <summary>A 5xx that names the recipient, its mailbox or the content as the reason. Any other speaks of the session, the sender or our settings, and so of all mails.</summary>
    private static bool IsFinal(SmtpException failure) =>
        (int)failure.StatusCode >= 500 && !IsStranger(failure)
        && (failure is SmtpFailedRecipientException || failure.StatusCode == SmtpStatusCode.ExceededStorageAllocation || ThisMail().IsMatch(failure.Message));

    /// <summary>
    /// The client goes on after a refused password, and the server then refuses to take mail from a stranger: as 530, or
    /// at the recipient as a matter of policy (5.7.x, "relay access denied"). None of it is the mail's fault.
    /// </summary>
    private static bool IsStranger(SmtpException failure) =>
        failure.StatusCode is SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted || Policy().IsMatch(failure.Message);

    /// <summary>Enhanced status codes of RFC 3463: the recipient's address, the mailbox, the content.</summary>
    [GeneratedRegex(@"(?<![\d.])5\.(1\.[0-6]|2\.\d|6\.\d)\b")]
    private static partial Regex ThisMail();

    [GeneratedRegex(@"(?<![\d.])5\.7\.\d")]
    private static partial Regex Policy();

    public void Dispose()
    {
        while (idle.TryTake(out var kept))
        {
            kept.Client.Dispose();
        }
    }
}
