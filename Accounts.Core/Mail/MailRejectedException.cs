namespace Accounts.Core.Mail;

/// <summary>The mail server has refused this mail for good (a 5xx answer for its recipient or its content): trying again would change nothing.</summary>
public sealed class MailRejectedException(string message, Exception inner) : Exception(message, inner);
