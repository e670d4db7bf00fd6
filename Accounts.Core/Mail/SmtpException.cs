namespace Accounts.Core.Mail;

/// <summary>The mail server does not take this mail now. The message has its own words.</summary>
public sealed class SmtpException(string message, Exception inner) : Exception(message, inner);
