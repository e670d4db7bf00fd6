using System.Globalization;
using MailKit.Net.Smtp;

namespace Accounts.Core.Mail;

/// <summary>What a mail server means by a refusal: this mail, for good, or anything else, which may pass.</summary>
internal static class SmtpRefusal
{
    /// <summary>
    /// Final is what speaks of this mail: an enhanced status (RFC 3463) of the address, the mailbox or the content
    /// (5.1.x, 5.2.x, 5.6.x) at any stage; any 5xx at the recipient, policy (5.7.x) too; any 5xx after the content. A 530
    /// (RFC 4954: sign in first, or STARTTLS first) speaks of the connection, and a 5xx at the sender of all mails.
    /// </summary>
    public static bool IsFinal(SmtpCommandException refusal) =>
        (int)refusal.StatusCode >= 500 && refusal.StatusCode != SmtpStatusCode.AuthenticationRequired
        && (refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted || SubjectOf(refusal.Message) is 1 or 2 or 6);

    /// <summary>The second number of an enhanced status <c>5.s.d</c> that a permanent refusal begins with; null where it has none.</summary>
    private static int? SubjectOf(string text) => text.Split(' ', 2)[0].Split('.') is ["5", var subject, var detail]
        && int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? number : null;
}
