using System.Collections.Concurrent;
using Accounts.Core.Failures;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Accounts.Core.Mail;

/// <summary>Hands mail to a server by MailKit, over connections that are kept while they work: as many as there are mails at once.</summary>
public sealed class SmtpMailSender(IOptions<MailOptions> options, IOptions<SiteOptions> site) : IMailSender, IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>For a kept connection to take the recipient: a router in between may have forgotten it, and then nobody answers.</summary>
    private static readonly TimeSpan KeptTimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>For who looks whether there is a connection to be had: less than the doctor waits for anything, so that it hears who does not answer.</summary>
    private static readonly TimeSpan TrialTimeLimit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentBag<SmtpConnection> idle = [];
    private readonly SmtpServer server = SmtpServer.TryParse(options.Value.SmtpUrl, out var parsed) is { } mistake
        ? throw new StartupException($"Accounts__Mail__SmtpUrl {mistake}")
        : parsed!;

    /// <exception cref="UndeliverableException">refused for good</exception>
    /// <exception cref="SmtpException">this mail, not now</exception>
    /// <exception cref="CarrierAwayException">no mail now</exception>
    /// <exception cref="OperationCanceledException">cancelled while the server could not have the mail yet</exception>
    public async Task SendAsync(MailMessage message, CancellationToken cancellation)
    {
        using var mail = Compose(message);
        using var limit = new CancellationTokenSource(TimeLimit);
        try
        {
            await SendAsync(mail, cancellation, limit.Token);
        }
        catch (SmtpCommandException refusal) when (SmtpRefusal.IsFinal(refusal))
        {
            throw new UndeliverableException($"The mail server {server} refuses it: {Words(refusal)}", refusal);
        }
        catch (Exception e) when (e is not CarrierAwayException && (e is not OperationCanceledException || limit.IsCancellationRequested))
        {
            throw new SmtpException(ServerWords.Of(Explain(e)), e);
        }
    }

    public async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TrialTimeLimit);
        try
        {
            using var connection = await OpenAsync(limit.Token, cancellation);
            await connection.DisconnectAsync(quit: true, limit.Token);
            return null;
        }
        catch (CarrierAwayException e)
        {
            return e.Message;
        }
    }

    /// <summary>A kept connection may have died meanwhile, which only the next mail tells: as long as that one is not under way, a new connection takes it.</summary>
    private async Task SendAsync(MimeMessage mail, CancellationToken cancellation, CancellationToken limit)
    {
        if (!await TrySendOverKeptAsync(mail, cancellation, limit))
        {
            using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit);
            await SendOverAsync(await OpenAsync(early.Token, cancellation), mail, cancellation, limit);
        }
    }

    /// <summary>Where there is no connection to be had, no mail gets one.</summary>
    private async Task<SmtpConnection> OpenAsync(CancellationToken early, CancellationToken cancellation)
    {
        try
        {
            return await SmtpConnection.OpenAsync(server, site.Value.Host, early);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw new CarrierAwayException(ServerWords.Of(Explain(e)), e);
        }
    }

    /// <summary>Where one has died without a word, the others may have, too: they are not waited for as well.</summary>
    private async Task<bool> TrySendOverKeptAsync(MimeMessage mail, CancellationToken cancellation, CancellationToken limit)
    {
        using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        early.CancelAfter(KeptTimeLimit);
        while (!early.IsCancellationRequested && TakeKept() is { } kept)
        {
            try
            {
                await SendOverAsync(kept, mail, early.Token, limit);
                return true;
            }
            catch (Exception e) when (IsDead(kept, e) && !kept.IsUnderWay && !cancellation.IsCancellationRequested)
            {
            }
        }
        return false;
    }

    /// <summary>Gone, or told so by a server that is about to hang up (421, RFC 5321 section 3.8). Any other answer is about the mail, even where the connection ends with it.</summary>
    private static bool IsDead(SmtpConnection kept, Exception e) => e switch
    {
        SmtpCommandException refusal => refusal.StatusCode == SmtpStatusCode.ServiceNotAvailable,
        ServiceNotAuthenticatedException => false,
        _ => !kept.IsConnected,
    };

    private async Task SendOverAsync(SmtpConnection connection, MimeMessage mail, CancellationToken early, CancellationToken limit)
    {
        try
        {
            await connection.HandOverAsync(mail, early, limit);
            idle.Add(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SmtpConnection? TakeKept()
    {
        while (idle.TryTake(out var kept))
        {
            if (kept.IsFresh)
            {
                return kept;
            }
            kept.Dispose();
        }
        return null;
    }

    private MimeMessage Compose(MailMessage message)
    {
        if (!SenderAddress.TryParse(message.From, out var sender))
        {
            throw new UndeliverableException($"Its sender \"{message.From}\" is no address: correct Accounts__Mail__From.");
        }
        try
        {
            return Compose(message, sender);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new UndeliverableException($"It cannot be written as a mail: {e.Message}", e);
        }
    }

    private MimeMessage Compose(MailMessage message, MailboxAddress sender)
    {
        var mail = new MimeMessage
        {
            Subject = message.Subject,
            MessageId = $"{message.Id:N}@{site.Value.Host}",
            Body = new MultipartAlternative(Part("plain", message.Text), Html(message)),
        };
        mail.From.Add(sender);
        mail.To.Add(new MailboxAddress(null, message.To));
        // RFC 3834: no vacation notes in answer.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    /// <summary>With its picture beside it (RFC 2387), which no mail program has to ask anybody for.</summary>
    private static MimeEntity Html(MailMessage message)
    {
        var html = Part("html", message.Html);
        return message.Logo is not { } logo ? html : new MultipartRelated
        {
            html,
            new MimePart(logo.MediaType)
            {
                Content = new MimeContent(new MemoryStream(logo.Bytes)), ContentId = MailMessage.LogoId, ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline),
            },
        };
    }

    private static TextPart Part(string subtype, string text) => new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private string Explain(Exception e) => e switch
    {
        OperationCanceledException => $"The mail server {server} cannot be used: it does not answer in time.",
        SslHandshakeException { ServerCertificate: null, InnerException.InnerException: null } when server.Security == SecureSocketOptions.SslOnConnect =>
            $"The mail server {server} speaks no TLS from the first byte there: Accounts__Mail__SmtpUrl begins with smtps:// for port 465, with smtp:// (STARTTLS) for port 587.",
        SslHandshakeException =>
            $"The mail server {server} shows a certificate that is not trusted: it must be of a public authority, or of one that this machine trusts, and bear the name {server.Host}. ({e.GetBaseException().Message})",
        NotSupportedException when e.Message.Contains("STARTTLS", StringComparison.Ordinal) =>
            $"The mail server {server} cannot be used, for it offers no STARTTLS: name its port for STARTTLS or TLS in Accounts__Mail__SmtpUrl, or end that with ?tls=none, without a password, where the network in between is your own.",
        NotSupportedException when server.Credentials is not null =>
            $"The mail server {server} offers no way to sign in that we know: {e.Message} Leave user and password out of Accounts__Mail__SmtpUrl where it wants none.",
        AuthenticationException => $"The mail server {server} refuses to sign us in as Accounts__Mail__SmtpUrl says: {e.Message}",
        SmtpCommandException refusal => $"The mail server {server} does not take it now: {Words(refusal)}",
        _ => $"The mail server {server} cannot be used: {e.Message}",
    };

    private static string Words(SmtpCommandException refusal) => $"{(int)refusal.StatusCode} {ServerWords.Of(refusal.Message)}";

    public void Dispose()
    {
        while (idle.TryTake(out var kept))
        {
            kept.Dispose();
        }
    }
}
