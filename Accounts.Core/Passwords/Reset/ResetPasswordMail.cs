using Accounts.Core.Mail;

namespace Accounts.Core.Passwords.Reset;

/// <summary>The link and the code that set a new password.</summary>
public sealed record ResetPasswordMail(string Link, string Code, TimeSpan ValidFor) : OutgoingMail;
