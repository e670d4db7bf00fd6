namespace Accounts.Core.Mail;

/// <summary>The mail server does not take the mail now: unreachable, busy, no STARTTLS, a certificate that is not trusted, a sign-in that it refuses. The message has its own words.</summary>
public sealed class SmtpException(string message, Exception inner) : Exception(message, inner);
