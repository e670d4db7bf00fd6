using System.Diagnostics;
using MailKit.Net.Smtp;
using MimeKit;

namespace Accounts.Core.Mail;

/// <summary>A connection to the mail server, signed in; for one mail at a time.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    // Servers hang up on idle clients.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private long lastUsed = Stopwatch.GetTimestamp();
    private CancellationTokenSource ending = new();
    private CancellationTokenRegistration untilUnderWay;

    private SmtpConnection()
    {
    }

    /// <summary>Whether the server has taken the recipient: from here on it may have taken the mail, too.</summary>
    public bool IsUnderWay { get; private set; }

    public bool IsFresh => IsConnected && Stopwatch.GetElapsedTime(lastUsed) < KeptFor;

    /// <param name="server">where to, and as whom</param>
    /// <param name="name">ours, for EHLO</param>
    /// <param name="cancellation">ends the attempt</param>
    public static async Task<SmtpConnection> OpenAsync(SmtpServer server, string name, CancellationToken cancellation)
    {
        // A certificate's revocation is asked of nobody, as elsewhere in .NET: where a private root publishes no list, no mail would leave.
        var connection = new SmtpConnection { CheckCertificateRevocation = false, LocalDomain = name };
        try
        {
            await connection.ConnectAsync(server.Host, server.Port, server.Security, cancellation);
            if (server.Credentials is { } credentials)
            {
                await connection.AuthenticateAsync(credentials, cancellation);
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="mail">what is handed over</param>
    /// <param name="early">ends the attempt as long as the mail is not under way, and never after that</param>
    /// <param name="limit">ends it whenever it is</param>
    public async Task HandOverAsync(MimeMessage mail, CancellationToken early, CancellationToken limit)
    {
        (IsUnderWay, ending) = (false, CancellationTokenSource.CreateLinkedTokenSource(limit));
        using (ending)
        using (untilUnderWay = early.Register(ending.Cancel))
        {
            try
            {
                await SendAsync(mail, ending.Token);
                lastUsed = Stopwatch.GetTimestamp();
            }
            catch (SmtpCommandException refusal) when (IsUnderWay && refusal.ErrorCode == SmtpErrorCode.UnexpectedStatusCode)
            {
                // The command DATA itself was refused, and with it the mail: MailKit tells that like an answer to any other command.
                throw new SmtpCommandException(SmtpErrorCode.MessageNotAccepted, refusal.StatusCode, refusal.Message, refusal);
            }
        }
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        // Waits for an ending that has begun: either it ends the attempt here, or it never does.
        untilUnderWay.Dispose();
        ending.Token.ThrowIfCancellationRequested();
        IsUnderWay = true;
    }
}
