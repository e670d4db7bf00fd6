using Accounts.Core.Mail;

namespace Accounts.Core.Passwords.Reset;

/// <summary>The link that sets a new password, which an administrator had sent.</summary>
public sealed record PasswordWantedMail(string Link, TimeSpan ValidFor) : OutgoingMail;
