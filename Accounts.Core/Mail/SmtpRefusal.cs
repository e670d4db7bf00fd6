using System.Globalization;
using MailKit.Net.Smtp;

namespace Accounts.Core.Mail;

/// <summary>What a mail server means by a refusal: this mail, for good, or anything else, which may pass.</summary>
internal static class SmtpRefusal
{
    /// <summary>
    /// Final is what speaks of this mail: an enhanced status (RFC 3463) of the address, the mailbox or the content
    /// (5.1.x, 5.2.x, 5.6.x) at any stage; a 5xx at the recipient, policy (5.7.x) too; any 5xx after that. At the sender
    /// another speaks of all mails. A 530 (RFC 4954: sign in first, or STARTTLS first) speaks of the connection.
    /// </summary>
    public static bool IsFinal(SmtpCommandException refusal) =>
        (int)refusal.StatusCode >= 500 && refusal.StatusCode != SmtpStatusCode.AuthenticationRequired && refusal.ErrorCode switch
        {
            SmtpErrorCode.MessageNotAccepted => true,
            SmtpErrorCode.RecipientNotAccepted => SpeaksOfRecipient(refusal),
            _ => SubjectOf(refusal.Message) is 1 or 2 or 6,
        };

    /// <summary>
    /// Not of the host, the network or the session (5.3.x, 5.4.x, 5.5.x). Where the enhanced status says nothing, the
    /// second digit does (RFC 5321 section 4.2.1): 5 is the mail system, 0 a command that is not understood here, 2 the host.
    /// </summary>
    private static bool SpeaksOfRecipient(SmtpCommandException refusal) => SubjectOf(refusal.Message) switch
    {
        3 or 4 or 5 => false,
        null or 0 => (int)refusal.StatusCode / 10 == 55,
        _ => true,
    };

    /// <summary>The second number of an enhanced status <c>5.s.d</c> that a permanent refusal begins with, alone on its line or not; null where it has none.</summary>
    private static int? SubjectOf(string text) => text.Split([' ', '\t', '\n'], 2)[0].Split('.') is ["5", var subject, var detail]
        && int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? number : null;
}
