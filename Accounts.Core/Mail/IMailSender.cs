namespace Accounts.Core.Mail;

/// <summary>Hands a mail over to whoever delivers it.</summary>
public interface IMailSender
{
    /// <summary>Returns when the mail has been accepted; throws when it may not have been.</summary>
    /// <param name="message">the mail</param>
    /// <param name="cancellation">ends it as long as nobody can have the mail yet</param>
    /// <exception cref="OperationCanceledException">nobody has it</exception>
    Task SendAsync(MailMessage message, CancellationToken cancellation);

    /// <summary>Tries whether a mail could be handed over now, without one.</summary>
    /// <returns>a sentence that says why not, and what to write where; null where it could</returns>
    Task<string?> FaultAsync(CancellationToken cancellation);
}
