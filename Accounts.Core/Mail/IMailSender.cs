namespace Accounts.Core.Mail;

/// <summary>Hands a mail over to whoever delivers it.</summary>
public interface IMailSender
{
    /// <summary>Returns when the mail has been accepted; throws when it may not have been.</summary>
    Task SendAsync(MailMessage message, CancellationToken cancellation);
}
