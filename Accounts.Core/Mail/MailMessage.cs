namespace Accounts.Core.Mail;

/// <summary>A mail ready to be sent.</summary>
/// <param name="Id">the outbox message's; the same on every attempt, so that <c>Message-ID</c> shows duplicates</param>
public sealed record MailMessage(Guid Id, string From, string To, string Subject, string Text, string Html);
