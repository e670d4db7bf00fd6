using Accounts.Core.Mail;

namespace Accounts.Core.Passwords;

/// <summary>The link that sets a new password.</summary>
public sealed record ResetPasswordMail(string Link, string ValidFor) : OutgoingMail;
